"""Makes pytest explain the failures of assertions in the shared fixture."""

import pytest

pytest.register_assert_rewrite("tests.checks.fixture")
