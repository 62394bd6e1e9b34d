using Microsoft.AspNetCore.Http.Metadata;

namespace Platform.Inference.Predictions;

/// <summary>Spares the calls a look at answers without a body: such an endpoint gives every answer one.</summary>
internal sealed class WritesOwnErrors : ISkipStatusCodePagesMetadata
{
    public static WritesOwnErrors Instance { get; } = new();
}
