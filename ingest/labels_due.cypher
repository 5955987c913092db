// :params {today: date('2026-11-21')}
// How many data sets were loaded since the labels were last set, or when that was on another day.
MATCH (d:Dataset)
WHERE d.labelled IS NULL OR d.labelled <> $today
RETURN count(d) AS due;
