"""Measurements and fits. Importing this keeps numpy's matrix products to one thread, as every command of ours does."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
