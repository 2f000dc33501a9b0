"""The tests; what several of them share stands in modules beside them."""
