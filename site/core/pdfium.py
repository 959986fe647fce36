"""One at a time: PDFium keeps its state for the whole process and must not be entered twice."""

import threading

PDFIUM = threading.Lock()
