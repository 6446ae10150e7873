"""Small helps for templates: addresses that keep what the reader asked for."""
