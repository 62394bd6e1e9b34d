using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Monitor.Features;

/// <summary>Decides what is watched of a version's inputs, from its metadata where they say and else from its signature.</summary>
internal static class InputLayouts
{
    /// <summary>More columns than this without names are watched as a whole, not one by one.</summary>
    public const int MostUnnamedColumns = 64;

    /// <summary>More named columns than this are not watched: the window of a model must fit into memory.</summary>
    public const int MostNamedColumns = 1_000;

    private const string Categorical = "categorical";
    private const string Text = "text";

    /// <summary>What is watched of each input. What the log does not show in the clear, a feature or a whole input, is not.</summary>
    /// <param name="version">The version.</param>
    /// <param name="uses">By input, what its unnamed columns of texts seem to hold; nothing where there is no reference.</param>
    /// <param name="vocabularies">By input, the words of the reference.</param>
    public static IReadOnlyList<InputLayout> For(
        ModelVersionDescription version, Func<string, IReadOnlyList<TextUse>> uses, Func<string, Vocabulary> vocabularies)
    {
        var first = version.Signature.Inputs is [var leading, ..] ? leading.Name : null;
        var named = (version.Metadata.Features ?? []).ToLookup(feature => feature.Input ?? first);
        var redacted = (version.Metadata.Logging?.Redact ?? []).Select(redaction => redaction.Feature).ToHashSet(StringComparer.Ordinal);
        return [.. version.Signature.Inputs.Select(Choose)];

        InputLayout Choose(TensorSignature input)
        {
            if (redacted.Contains(input.Name))
                return new ColumnLayout(input.Name, []);
            return named[input.Name].Any()
                ? Named(input, named[input.Name], redacted, vocabularies(input.Name))
                : Unnamed(input, uses(input.Name), vocabularies(input.Name));
        }
    }

    /// <summary>A tensor whose columns have no names.</summary>
    public static InputLayout Unnamed(TensorSignature tensor, IReadOnlyList<TextUse> uses, Vocabulary vocabulary)
    {
        var width = TensorWidth.Of(tensor);
        if (tensor.Datatype != Datatypes.Bytes && width is null or > MostUnnamedColumns)
            return new TensorLayout(tensor.Name, tensor.Datatype);

        var columns = (int)Math.Min(width ?? 1, MostUnnamedColumns);
        return new ColumnLayout(tensor.Name, Enumerable.Range(0, columns).Select(at => tensor.Datatype == Datatypes.Bytes
            ? OfTexts(NameOf(tensor.Name, at, columns), at < uses.Count ? uses[at] : TextUse.Text, vocabulary)
            : new NumberColumn(NameOf(tensor.Name, at, columns))));
    }

    private static ColumnLayout Named(
        TensorSignature input, IEnumerable<FeatureDefinition> features, HashSet<string> redacted, Vocabulary vocabulary) =>
        new(input.Name, features.Take(MostNamedColumns).Select(feature =>
            redacted.Contains(feature.Name) ? null : OfDefinition(feature, vocabulary)));

    private static Column OfDefinition(FeatureDefinition feature, Vocabulary vocabulary) => feature.Kind switch
    {
        Categorical => new CategoryColumn(feature.Name, feature.Categories),
        Text => new TextColumn(feature.Name, vocabulary),
        _ => new NumberColumn(feature.Name),
    };

    private static Column OfTexts(string name, TextUse use, Vocabulary vocabulary) =>
        use == TextUse.Category ? new CategoryColumn(name, null) : new TextColumn(name, vocabulary);

    private static string NameOf(string tensor, int column, int columns) => columns == 1 ? tensor : $"{tensor}[{column}]";
}
