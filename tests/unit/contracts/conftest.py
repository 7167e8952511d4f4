"""How far the property tests look: a short way on a developer's machine, further in CI."""

import os

from hypothesis import Phase, settings

_PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
settings.register_profile("quick", max_examples=25, deadline=None, phases=_PHASES)
settings.register_profile("thorough", max_examples=500, deadline=None, phases=_PHASES)
settings.load_profile("thorough" if "CI" in os.environ else "quick")
