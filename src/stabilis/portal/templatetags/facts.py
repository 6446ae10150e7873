"""Shows a cited figure, and an item of evidence, in words."""

from django import template

from stabilis.portal.panels.claim import says
from stabilis.portal.panels.facts import figure

register = template.Library()
register.filter("figure", figure)
register.filter("says", says)
