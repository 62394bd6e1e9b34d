using System.Diagnostics;
using System.Text.Json;
using Platform.Contracts;

namespace Platform.Hosting.Documents.Servers;

/// <summary>A batch ready to be sent: serialised once, so that attempts can be repeated, and its documents by key in one global order.</summary>
internal sealed class BatchPlan
{
    private readonly List<PlannedWrite> _writes;

    public BatchPlan(DocumentBatch batch, DateTimeOffset at)
    {
        _writes = [.. batch.Writes.Select(PlannedWrite.Of)];
        Events = [.. batch.Messages.Select(message => new PlannedEvent(
            MessageTypes.NameOf(message.Type), message.Key, JsonSerializer.Serialize(message.Message, message.Type, PlatformJson.Tolerant)))];
        Targets = [.. _writes.Select(write => write.Target).Distinct().Order()];
        At = at;
        Id = Guid.CreateVersion7(at);
    }

    /// <summary>Names the commit through all its attempts.</summary>
    public Guid Id { get; }

    /// <summary>Every document that the batch touches. Locks are taken in this order by everyone, so that nobody waits in a circle.</summary>
    public IReadOnlyList<Target> Targets { get; }

    public IReadOnlyList<PlannedEvent> Events { get; }

    public DateTimeOffset At { get; }

    public string? TraceParent { get; } = Activity.Current?.Id;

    /// <summary>The id that a target stands for.</summary>
    public string IdOf(Target target) => _writes.First(write => write.Target == target).Source.Id;

    public bool IsEmpty => _writes.Count == 0 && Events.Count == 0;

    /// <summary>
    /// What becomes of each document in the order of <see cref="Targets"/> if all are as the writes expect; a document that is removed
    /// whatever it is counts as there. Null where one is written twice.
    /// </summary>
    public IReadOnlyList<NetChange>? PlayAsExpected() => Targets.Count < _writes.Count
        ? null
        : [.. _writes.OrderBy(write => write.Target).Select(write =>
        {
            var expected = write.Source.ExpectedRevision ?? (write.Value is null ? 1 : 0);
            return new NetChange(write, Existed: expected > 0, expected + 1);
        })];

    /// <summary>
    /// Plays the writes one after the other against the stored revisions (0 where there is no document). Returns what becomes of
    /// each document in the order of <see cref="Targets"/>, or the conflict.
    /// </summary>
    public IReadOnlyList<NetChange> Play(IReadOnlyDictionary<Target, long> stored, out DocumentConflict? conflict)
    {
        var revisions = Targets.ToDictionary(target => target, target => stored.GetValueOrDefault(target));
        var last = new Dictionary<Target, PlannedWrite>();
        foreach (var write in _writes)
        {
            var revision = revisions[write.Target];
            if (write.Source.ExpectedRevision is { } expected && expected != revision)
            {
                conflict = new DocumentConflict(write.Source.Collection, write.Source.Id, expected, revision);
                return [];
            }
            revisions[write.Target] = write.Value is null ? 0 : revision + 1;
            last[write.Target] = write;
        }
        conflict = null;
        return [.. Targets.Select(target => new NetChange(last[target], stored.ContainsKey(target), revisions[target]))];
    }
}

/// <summary>Where a write goes.</summary>
internal readonly record struct Target(string Collection, string Key) : IComparable<Target>
{
    public int CompareTo(Target other) =>
        string.CompareOrdinal(Collection, other.Collection) is var order and not 0 ? order : string.CompareOrdinal(Key, other.Key);
}

/// <summary>A write with its value as JSON; null deletes.</summary>
internal sealed record PlannedWrite(DocumentWrite Source, Target Target, string? Value)
{
    public static PlannedWrite Of(DocumentWrite write) => new(
        write, new Target(write.Collection, DocumentKey.Of(write.Id)),
        write.Value is null ? null : JsonSerializer.Serialize(write.Value, write.Type!, PlatformJson.Tolerant));
}

internal sealed record PlannedEvent(string Type, string Key, string Data);

/// <summary>What the whole batch does to one document.</summary>
internal sealed record NetChange(PlannedWrite Write, bool Existed, long Revision)
{
    public bool IsInsert => !Existed && Write.Value is not null;

    /// <summary>Whether it is to be there afterwards whatever was there before.</summary>
    public bool IsBlind => Write.Value is not null && Write.Source.ExpectedRevision is null;

    /// <summary>Whether it must not be there before.</summary>
    public bool IsNew => IsInsert && !IsBlind;

    public bool IsUpdate => Existed && Write.Value is not null;

    public bool IsDelete => Existed && Write.Value is null;
}
