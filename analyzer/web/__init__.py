"""The local web page and its HTTP API. Nothing here analyses: it calls the one way through.

Imported only by ``callcheck serve``; FastAPI and Uvicorn come with the extra ``web``.
"""
