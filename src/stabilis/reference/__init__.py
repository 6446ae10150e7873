"""Code lists: countries, places, sectors, currencies, dated rates; nothing measured."""
