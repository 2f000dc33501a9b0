"""The workspace in the browser: planweave's graph as pages, forms and data, on the user's own machine.

A page is added in five steps:

1. A module of this package, named after the page, with plain functions ``def page(request) -> Response``, and a
   tuple ``ROUTES`` of Starlette's ``Route``; :mod:`planweave.web.app` lists the module in ``PAGES``. An endpoint
   parses the request, calls the graph or a room below this one, and shows: it has no SPARQL, and no logic that the
   shell or Python lacks. ``with reading(request) as graph:`` gives the graph (:mod:`planweave.web.rooms`).
2. A template in ``templates/`` that extends ``base.html.j2`` and uses the macros of ``templates/macros/``; the
   endpoint returns ``show(request, "name.html.j2", title=…, crumbs=…, …)``. Nothing stands in a page that its policy
   forbids: no script, no style attribute. Scripts are files in ``static/``, named in the block ``scripts``.
3. Its addresses in :mod:`planweave.web.addresses`, which templates know by the same names.
4. What changes data is a POST to an endpoint under ``@changes`` (:mod:`planweave.web.safety`), from a form with the
   macro ``token()``.
5. A test in ``tests/test_web_*.py`` with :mod:`tests.serving`, and its address in ``PAGES`` there: axe, the widths of
   a screen and of a phone, and the hostile plan go over every address of that list.

What takes long is made once a build: ``served_of(request).made(graph, key, make)``, or ``made_aside`` in the
background.
"""
