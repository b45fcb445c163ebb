"""What other rooms call."""

from gongkai.search.finding import find
from gongkai.search.matching import matching
from gongkai.search.results import Count, Facet, FacetValue, Filters, Hit, Results, Sort
from gongkai.search.suggesting import suggest

__all__ = ["Count", "Facet", "FacetValue", "Filters", "Hit", "Results", "Sort", "find", "matching", "suggest"]
