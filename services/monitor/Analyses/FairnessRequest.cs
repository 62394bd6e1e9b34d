using System.Text.Json;

namespace Platform.Monitor.Analyses;

/// <summary>Decisions about the members of two groups. A row without group or decision is left out.</summary>
internal sealed record FairnessRequest
{
    /// <summary>The group of each row.</summary>
    public JsonElement Group { get; init; }

    /// <summary>1 or true where the decision was favourable, else 0 or false.</summary>
    public JsonElement Decision { get; init; }

    /// <summary>1 or true where the outcome was truly favourable; absent where it is not known.</summary>
    public JsonElement Label { get; init; }

    /// <summary>The group that is measured against.</summary>
    public JsonElement Privileged { get; init; }

    /// <summary>The group that is measured.</summary>
    public JsonElement Unprivileged { get; init; }
}
