using Platform.Contracts.Registry;
using Platform.Inference.Protocol;

namespace Platform.Inference.Requests;

/// <summary>The names of the classes that an output scores, where the version's metadata gives them.</summary>
internal sealed class OutputLabels(VersionMetadata metadata, RequestSchema schema)
{
    public IReadOnlyList<string> Of(int output) =>
        metadata.Classes is { } classes && schema.Outputs[output].Name == (metadata.Output ?? schema.Outputs[0].Name) ? classes : [];
}
