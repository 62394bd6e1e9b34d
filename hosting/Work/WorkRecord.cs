using System.Text.Json.Serialization;

namespace Platform.Hosting.Work;

/// <summary>
/// A piece of work as a document. Its revision decides: of two who would take it further, one finds that the other was faster.
/// </summary>
public abstract record WorkRecord
{
    /// <summary>Its id, which is the document's.</summary>
    public string Id { get; init; } = "";

    /// <summary>A value of <see cref="WorkState"/>.</summary>
    public string State { get; init; } = WorkState.Queued;

    /// <summary>How often it has been begun.</summary>
    public int Attempts { get; init; }

    /// <summary>The process that is at it; null when none is.</summary>
    public string? Worker { get; init; }

    /// <summary>While it is queued: not begun before (UTC), as it pauses between two attempts. Null: at once.</summary>
    public DateTimeOffset? FreeAt { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended (UTC); null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool IsFinal => WorkState.IsFinal(State);
}

/// <summary>What becomes of a piece of work before its end.</summary>
public static class WorkChanges
{
    /// <summary>A process is at it. Counted before the work: what takes the process down must not do so for ever.</summary>
    public static T Begun<T>(this T work, string worker) where T : WorkRecord =>
        (T)((WorkRecord)work with { State = WorkState.Running, Worker = worker, FreeAt = null, Attempts = work.Attempts + 1 });

    /// <summary>Back in the queue, for whoever has room once <paramref name="freeAt"/> has passed.</summary>
    public static T PutBack<T>(this T work, DateTimeOffset? freeAt = null) where T : WorkRecord =>
        (T)((WorkRecord)work with { State = WorkState.Queued, Worker = null, FreeAt = freeAt });

    /// <summary>Back in the queue, as if it had not been begun: its process stops, for which the work is not to blame.</summary>
    public static T NotBegun<T>(this T work) where T : WorkRecord => (T)((WorkRecord)work.PutBack() with { Attempts = work.Attempts - 1 });
}
