"""Scoring: one pass over one case in, a `CaseResult` out. Pure; the verifier is asked anew, no verdict is trusted."""
