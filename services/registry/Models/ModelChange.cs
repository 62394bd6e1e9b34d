using System.Globalization;
using Platform.Contracts;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Registry.History;

namespace Platform.Registry.Models;

/// <summary>A change of one model: its next state, with all documents and events that belong to it, for one commit.</summary>
internal sealed class ModelChange(Model model, long revision)
{
    public const string Collection = "models";

    private readonly DocumentBatch _batch = new();

    /// <summary>The model; set it to what it becomes.</summary>
    public Model Model { get; set; } = model;

    /// <summary>Whether there is anything to commit.</summary>
    public bool IsEmpty => _batch.Writes.Count == 0 && _batch.Messages.Count == 0;

    /// <summary>Appends an entry to the model's history.</summary>
    public void Record(HistoryEntry entry)
    {
        var sealedEntry = HistoryChain.Seal(entry with { Model = Model.Name, Sequence = Model.HistoryLength + 1 }, Model.HistoryHash);
        Model = Model with { HistoryLength = sealedEntry.Sequence, HistoryHash = sealedEntry.Hash, UpdatedAt = entry.At };
        HistoryStore.Add(_batch, sealedEntry);
    }

    /// <summary>Sets an alias by hand or, where <paramref name="state"/> is null, removes it, and tells of it.</summary>
    public void MoveAlias(string alias, AliasState? state, DateTimeOffset at, string by)
    {
        var previous = Model.Aliases.GetValueOrDefault(alias)?.Version;
        Model = Model.With(alias, state);
        Record(new HistoryEntry
        {
            Action = state is null ? HistoryAction.AliasRemoved : HistoryAction.AliasSet,
            Alias = alias, Version = state?.Version, PreviousVersion = previous, At = at, By = by,
        });
        Publish(new AliasChanged { Model = Model.Name, Alias = alias, Version = state?.Version, At = at, By = by });
    }

    /// <summary>Stores another document of the model; queries find it by the model's name.</summary>
    public void Put<T>(string collection, string id, T value, long? expectedRevision, params ReadOnlySpan<(string Field, string Value)> index)
    {
        var fields = new Dictionary<string, string> { ["model"] = Model.Name };
        foreach (var (field, text) in index) fields[field] = text;
        _batch.Put(collection, id, value, expectedRevision, fields);
    }

    /// <summary>Removes another document of the model.</summary>
    public void Remove(string collection, string id) => _batch.Delete(collection, id);

    /// <summary>Lets the change fail where anybody has changed this other model since it was read.</summary>
    public void Hold(Model other, long revision) => _batch.Put(Collection, other.Name, other, revision);

    /// <summary>Tells the world, in order per model.</summary>
    public void Publish<T>(T message) where T : IEvent => _batch.Publish(Model.Name, message);

    /// <summary>The batch, refused if anybody has changed the model since it was read.</summary>
    public DocumentBatch ToBatch() => _batch.Put(Collection, Model.Name, Model, revision);
}
