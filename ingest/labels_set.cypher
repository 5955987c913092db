// :params {today: date('2026-11-21')}
// Keep that the labels are set for the day.
MATCH (d:Dataset)
SET d.labelled = $today;
