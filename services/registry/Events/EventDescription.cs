using System.Text.Json;
using Platform.Hosting.Documents;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;

namespace Platform.Registry.Events;

/// <summary>A domain event as the HTTP API shows it.</summary>
/// <param name="Sequence">Counts from 1, without gaps.</param>
/// <param name="Type">Its wire name, for example registry.model-promoted.v1.</param>
/// <param name="Model">The model that it is about; null where it is about none.</param>
/// <param name="At">When it was committed (UTC).</param>
/// <param name="Data">The event.</param>
internal sealed record EventDescription(long Sequence, string Type, string? Model, DateTimeOffset At, [property: JsonShape(JsonShapeAttribute.Object)] JsonElement Data)
{
    public static EventDescription Of(StoredEvent stored) => new(stored.Sequence, stored.Type, ModelName.IsValid(stored.Key) ? stored.Key : null, stored.At, stored.Data);
}
