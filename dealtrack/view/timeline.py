"""Events along time: of one deal, of one company, of the bids for one, or of all that match. Each has its own file."""

from dealtrack.view.timeline_company import company_timeline
from dealtrack.view.timeline_deal import deal_timeline
from dealtrack.view.timeline_periods import counted_timeline, period_timeline
from dealtrack.view.timeline_target import target_timeline

__all__ = ["company_timeline", "counted_timeline", "deal_timeline", "period_timeline", "target_timeline"]
