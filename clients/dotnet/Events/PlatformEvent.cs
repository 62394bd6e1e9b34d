using System.Text.Json.Nodes;

namespace Platform.Client.Events;

/// <summary>A domain event.</summary>
/// <param name="Sequence">Counts from 1.</param>
/// <param name="Type">Its wire name, for example <c>registry.model-promoted.v1</c>.</param>
/// <param name="Model">The model that it is about; null where it is about none.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Data">The event.</param>
public sealed record PlatformEvent(long Sequence, string Type, string? Model, DateTimeOffset At, JsonObject Data);
