using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Monitor.Records;

namespace Platform.Monitor.Baselines;

/// <summary>What the text inputs of a reference hold: their words, and whether a column is prose or categories.</summary>
internal sealed class ReferenceTexts(ModelSignature signature)
{
    private readonly Dictionary<string, Vocabulary> _vocabularies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TextProbe>> _probes =
        signature.Inputs.Where(input => input.Datatype == Datatypes.Bytes).ToDictionary(input => input.Name, _ => new List<TextProbe>());

    /// <summary>Whether there is any text to learn.</summary>
    public bool Any => _probes.Count > 0;

    public void Learn(ReferenceRow row)
    {
        foreach (var (input, probes) in _probes)
        {
            if (row.Inputs.TryGetValue(input, out var values))
                Learn(TensorReader.ReadRow(values, Datatypes.Bytes).Texts(0), probes, VocabularyOf(input));
        }
    }

    public Vocabulary VocabularyOf(string input)
    {
        if (!_vocabularies.TryGetValue(input, out var vocabulary))
            _vocabularies[input] = vocabulary = new();
        return vocabulary;
    }

    public IReadOnlyList<TextUse> UsesOf(string input) =>
        _probes.TryGetValue(input, out var probes) ? [.. probes.Select(probe => probe.Use)] : [];

    private static void Learn(ReadOnlySpan<string?> texts, List<TextProbe> probes, Vocabulary vocabulary)
    {
        for (var column = 0; column < texts.Length; column++)
        {
            if (column == probes.Count)
                probes.Add(new());
            probes[column].Look(texts[column]);
            vocabulary.Learn(texts[column] ?? "");
        }
    }
}
