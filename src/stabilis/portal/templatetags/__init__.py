"""Helps for the portal's templates."""
