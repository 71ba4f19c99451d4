"""dexllm: all dex files parsed, its cross-reference caches warmed."""

import sys

from dexllm import DexKit

kit = DexKit(sys.argv[1])
kit.warm_analysis_caches()
print(kit.dex_count())
