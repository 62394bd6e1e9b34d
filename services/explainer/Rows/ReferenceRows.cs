using Platform.Contracts.Registry;
using Platform.Explainer.Attribution;
using Platform.Hosting.Values;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Explainer.Rows;

/// <summary>
/// A version's reference rows as cells, kept in memory with the loaded model: all of them, or a uniform sample of a large
/// dataset (Vitter's algorithm R), always the same.
/// </summary>
internal sealed class ReferenceRows
{
    private const int MaximumCells = 2_000_000;
    private const long SampleSeed = 20_260_101;

    private ReferenceRows(IReadOnlyList<double[]> rows, IReadOnlyList<string?> labels, CellVocabulary vocabulary) =>
        (Rows, Labels, Vocabulary) = (rows, labels, vocabulary);

    public static ReferenceRows None { get; } = new([], [], new CellVocabulary());

    public IReadOnlyList<double[]> Rows { get; }

    /// <summary>What is known to be true of each row, as text; null where nothing is.</summary>
    public IReadOnlyList<string?> Labels { get; }

    /// <summary>The strings behind the cells of BYTES inputs; read only.</summary>
    public CellVocabulary Vocabulary { get; }

    /// <summary>Reads the dataset in the order of the signature's inputs; rows that lack what cannot be missing are left out.</summary>
    public static async Task<ReferenceRows> LoadAsync(
        IAsyncEnumerable<ReferenceRow> dataset, ModelSignature signature, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(SampleSeed);
        var vocabulary = new CellVocabulary();
        var (kept, labels) = (new List<double[]>(), new List<string?>());
        var seen = 0;
        await foreach (var row in dataset.WithCancellation(cancellationToken))
        {
            if (Read(row, signature, vocabulary) is not { Length: > 0 } cells)
                continue;
            seen++;
            var label = row.Label is { } known ? ScalarText.Of(known) : null;
            if (kept.Count < MaximumCells / cells.Length)
            {
                kept.Add(cells);
                labels.Add(label);
            }
            else if (random.Next(seen) is var place && place < kept.Count)
            {
                (kept[place], labels[place]) = (cells, label);
            }
        }

        return new ReferenceRows(kept, labels, vocabulary);
    }

    /// <summary>At most <paramref name="most"/> of the rows, a uniform choice by the seed, in their original order.</summary>
    public static IEnumerable<double[]> Choose(IReadOnlyList<double[]> rows, int most, long seed) => rows.Count <= most
        ? rows
        : new SeededRandom(seed).Permutation(rows.Count).Take(most).Order().Select(index => rows[index]);

    private static double[]? Read(ReferenceRow row, ModelSignature signature, CellVocabulary vocabulary)
    {
        var cells = new List<double>();
        foreach (var input in signature.Inputs)
        {
            if (!row.Inputs.TryGetValue(input.Name, out var values))
                return null;
            foreach (var element in GivenTensor.Flatten(values))
            {
                if (Cells.Read(element, input.Datatype, vocabulary, out var cell) is not null)
                    return null;
                cells.Add(cell);
            }
        }

        return [.. cells];
    }
}
