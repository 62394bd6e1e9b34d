using Platform.Contracts.Registry;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>Sorts the features and redactions of a version's metadata by the input tensors they belong to.</summary>
internal sealed class FeatureColumns(VersionMetadata metadata, RequestSchema schema, RedactionKey key)
{
    private const string HashPolicy = "hash";

    /// <summary>The columns of the input at <paramref name="index"/>.</summary>
    public InputColumns Of(int index)
    {
        var input = schema.AllInputs[index].Name;
        var names = (metadata.Features ?? [])
            .Where(feature => (feature.Input ?? schema.AllInputs[0].Name) == input)
            .Select(feature => feature.Name).ToArray();

        // A redaction may also name the tensor itself.
        if (PolicyOf(input) is var whole and not CellPolicy.Keep) return new InputColumns(names, [whole], key);
        return new InputColumns(names, [.. names.Select(PolicyOf)], key);
    }

    /// <summary>Redactions that name neither a feature nor an input.</summary>
    public IEnumerable<string> Unmatched => (metadata.Logging?.Redact ?? [])
        .Select(redaction => redaction.Feature)
        .Where(name => (metadata.Features ?? []).All(feature => feature.Name != name) && schema.AllInputs.All(input => input.Name != name));

    /// <summary>Whether the version has values that are hidden by hash.</summary>
    public static bool Hashes(VersionMetadata metadata) => (metadata.Logging?.Redact ?? []).Any(redaction => redaction.As == HashPolicy);

    private CellPolicy PolicyOf(string name)
    {
        var redaction = (metadata.Logging?.Redact ?? []).FirstOrDefault(redaction => redaction.Feature == name);
        if (redaction is null) return CellPolicy.Keep;
        return redaction.As == HashPolicy ? CellPolicy.Hash : CellPolicy.Drop;
    }
}
