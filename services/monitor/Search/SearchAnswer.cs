using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Search;

/// <summary>A prediction that was searched for.</summary>
internal sealed record SearchItem
{
    /// <summary>The request's id.</summary>
    public string Id { get; init; } = "";

    public string Model { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>Why that version: champion, challenger or shadow, another alias, or version.</summary>
    public string Route { get; init; } = "";

    /// <summary>succeeded, rejected, failed or cancelled.</summary>
    public string Status { get; init; } = "";

    /// <summary>When the request came in.</summary>
    public DateTimeOffset Time { get; init; }

    public double LatencyMs { get; init; }

    /// <summary>How many of the request's rows are wanted, of a filter among its first 20,000; of one without an answer 0.</summary>
    public int Matching { get; init; }

    /// <summary>The first ten of them.</summary>
    public IReadOnlyList<SearchRow> Rows { get; init; } = [];
}

/// <summary>A row that was searched for.</summary>
internal sealed record SearchRow
{
    /// <summary>The row's id.</summary>
    public string PredictionId { get; init; } = "";

    /// <summary>What was asked, by feature name; null where the version names no features, or the log holds a sample.</summary>
    [JsonShape(JsonShapeAttribute.ObjectOrNull)]
    public IReadOnlyDictionary<string, JsonElement>? Features { get; init; }

    public string? Class { get; init; }

    public double? Score { get; init; }

    public double? Value { get; init; }

    /// <summary>What turned out to be true; null while nobody has said so.</summary>
    public string? Label { get; init; }

    /// <summary>How the latest feedback judges it; null without any.</summary>
    public string? Verdict { get; init; }
}
