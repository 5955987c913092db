"""What can go wrong between a caller and the graph, in sentences that a user can act on."""

from __future__ import annotations


class GraphError(Exception):
    """The graph could not do what was asked; the message says what to do."""


class EngineError(GraphError):
    """The embedded engine cannot be started, found or stopped."""


class FolderError(GraphError):
    """The data folder cannot be made or written to."""


class TemporaryFolderError(GraphError):
    """What a load keeps track of does not fit the folder for temporary files."""


class ReadOnlyError(GraphError):
    """A question tried to write."""


class QueryTooLongError(GraphError):
    """A question took longer than the time limit and was stopped."""


class DanglingLinkError(GraphError):
    """A record leads to a node that is not in the graph; nothing of its batch was written."""


class OtherLoadError(GraphError):
    """Another load of the same data set began while this one was running."""


class RaceError(GraphError):
    """Two writers made the same node at the same moment; it is tried again."""
