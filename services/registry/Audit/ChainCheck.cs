using System.Text.Json;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Audit;

/// <summary>Looks at one model's history, entry by entry.</summary>
internal sealed class ChainCheck(Model model)
{
    private string? _previous;

    /// <summary>Entries that have been looked at.</summary>
    public int Entries { get; private set; }

    /// <summary>Of them, those without a hash.</summary>
    public int Unhashed { get; private set; }

    /// <summary>Looks at the next entry, as it is stored; returns what is wrong, or null.</summary>
    public BadEntry? Next(JsonElement entry)
    {
        Entries++;
        var (hash, previous) = (Text(entry, "hash"), Text(entry, "previousHash"));
        if (!entry.TryGetProperty("sequence", out var sequence) || !sequence.TryGetInt32(out var number) || number != Entries)
            return Bad($"entry {Entries} is missing, or in another place");
        if (hash is null) return NextWithoutHash();
        if (previous != (_previous ?? HistoryChain.Start)) return Bad("it does not follow the entry before it");
        if (hash != HistoryChain.HashOf(entry)) return Bad("its content is not what was recorded");
        _previous = hash;
        return null;
    }

    /// <summary>Whether the history ends where the model says that it does; what is wrong, or null.</summary>
    public BadEntry? End()
    {
        if (Entries < model.HistoryLength) return new BadEntry(model.Name, Entries + 1, $"the model has {model.HistoryLength} entries, of which {Entries} are there");
        return model.HistoryHash == _previous ? null : Bad("it is not the one that the model names as its latest");
    }

    private BadEntry? NextWithoutHash()
    {
        Unhashed++;
        return _previous is null ? null : Bad("it has no hash, and the entry before it has one");
    }

    private BadEntry Bad(string problem) => new(model.Name, Entries, problem);

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
