using Platform.Monitor.Routes;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Windows;

/// <summary>What has been counted of a version's traffic.</summary>
internal sealed class VersionState(VersionKey key)
{
    public VersionKey Key { get; } = key;

    /// <summary>The number of the window that is open, or will be.</summary>
    public long NextSequence { get; set; } = 1;

    /// <summary>The number of the oldest window that is kept, or will be.</summary>
    public long FirstSequence { get; set; } = 1;

    /// <summary>How many closed windows are kept.</summary>
    public long Kept => NextSequence - FirstSequence;

    /// <summary>The version's record in the log, counted from 1, that the last closed window ended in; 0 before the first.</summary>
    public long ClosedRecord { get; set; }

    /// <summary>How much of that record belongs to closed windows.</summary>
    public int ClosedRows { get; set; }

    /// <summary>When its last counted prediction came in.</summary>
    public DateTimeOffset LastSeen { get; set; }

    public OpenWindow? Open { get; set; }

    /// <summary>How the requests of closed windows fared, by route.</summary>
    public RouteTallies Routes { get; private init; } = new();

    /// <summary>The same, with those of the open window.</summary>
    public RouteTallies AllRoutes()
    {
        var all = new RouteTallies();
        all.Add(Routes);
        if (Open is { } window)
            all.Add(window.Routes);
        return all;
    }

    public VersionDocument ToDocument() => new()
    {
        Model = Key.Model,
        Version = Key.Version,
        NextSequence = NextSequence,
        FirstSequence = FirstSequence,
        ClosedRecord = ClosedRecord,
        ClosedRows = ClosedRows,
        LastSeen = LastSeen,
        Routes = Routes.ToDocuments(),
    };

    public static VersionState From(VersionDocument document) => new(new(document.Model, document.Version))
    {
        NextSequence = document.NextSequence,
        FirstSequence = document.FirstSequence,
        ClosedRecord = document.ClosedRecord,
        ClosedRows = document.ClosedRows,
        LastSeen = document.LastSeen,
        Routes = RouteTallies.Of(document.Routes),
    };
}

/// <summary>A <see cref="VersionState"/> as it is stored; the open window is not: it is read again from the log.</summary>
internal sealed record VersionDocument
{
    public string Model { get; init; } = "";

    public string Version { get; init; } = "";

    public long NextSequence { get; init; } = 1;

    public long FirstSequence { get; init; } = 1;

    public long ClosedRecord { get; init; }

    public int ClosedRows { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Null of one that was stored before routes were counted.</summary>
    public IReadOnlyList<RouteTallyDocument>? Routes { get; init; }
}
