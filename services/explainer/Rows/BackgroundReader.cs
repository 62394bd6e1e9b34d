using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>Chooses the background of an explanation: the request's rows, or some of the version's reference rows.</summary>
internal static class BackgroundReader
{
    /// <summary>The most rows that a request may bring.</summary>
    public const int MaximumGivenRows = 1000;

    /// <summary>The most reference rows that are used: the error of a mean over 100 rows is small beside that of the choice.</summary>
    public const int MaximumReferenceRows = 100;

    /// <summary>Reads the request's background rows: each the flattened cells of all inputs, in the signature's order.</summary>
    public static Result<Background> FromRequest(
        IReadOnlyList<IReadOnlyList<JsonElement>> given, RowLayout layout, CellVocabulary vocabulary)
    {
        if (given.Count is 0 or > MaximumGivenRows)
            return RowErrors.BackgroundInvalid($"The background has {given.Count} rows; it takes 1 to {MaximumGivenRows}.");

        var cells = new double[given.Count * layout.Features];
        for (var row = 0; row < given.Count; row++)
        {
            var problem = ReadRow(given[row], layout, vocabulary, cells.AsSpan(row * layout.Features, layout.Features));
            if (problem is not null)
                return RowErrors.BackgroundInvalid($"Background row {row}: {problem}.");
        }

        return new Background(Background.OfRequest, cells);
    }

    /// <summary>
    /// Reference rows chosen by the seed, at most 100, and fewer under a small budget: a quarter of it at most goes into the base.
    /// </summary>
    public static Result<Background> FromReference(
        ReferenceRows reference, RowLayout layout, CellVocabulary vocabulary, long seed, long? budget) =>
        FromReference(reference, layout, vocabulary, seed, (int)Math.Clamp((budget ?? long.MaxValue) / 4, 1, MaximumReferenceRows));

    /// <summary>So many reference rows at most, chosen by the seed.</summary>
    public static Result<Background> FromReference(ReferenceRows reference, RowLayout layout, CellVocabulary vocabulary, long seed, int most)
    {
        var usable = reference.Rows.Where(row => row.Length == layout.Features).ToList();
        if (usable.Count == 0)
            return RowErrors.NoBackground();

        double[] cells = [.. ReferenceRows.Choose(usable, most, seed).SelectMany(row => row)];
        Translate(cells, layout, reference.Vocabulary, vocabulary);
        return new Background(Background.OfReference, cells);
    }

    /// <summary>Gives the strings and the large whole numbers among the cells the numbers that they have in this request.</summary>
    public static void Translate(double[] cells, RowLayout layout, CellVocabulary from, CellVocabulary to)
    {
        foreach (var block in layout.Blocks.Where(block => block.Datatype is Datatype.Bytes or Datatype.Int64 or Datatype.UInt64))
        {
            for (var row = block.Offset; row < cells.Length; row += layout.Features)
            {
                for (var cell = row; cell < row + block.Size; cell++)
                    cells[cell] = block.Datatype == Datatype.Bytes ? to.Code(from.Text(cells[cell])) : to.Code(from.Whole(cells[cell]));
            }
        }
    }

    private static string? ReadRow(IReadOnlyList<JsonElement> given, RowLayout layout, CellVocabulary vocabulary, Span<double> cells)
    {
        if (given.Count != layout.Features)
            return $"it has {given.Count} cells, and a row of this model has {layout.Features}";

        foreach (var block in layout.Blocks)
        {
            for (var cell = block.Offset; cell < block.Offset + block.Size; cell++)
            {
                if (Cells.Read(given[cell], block.Datatype, vocabulary, out cells[cell]) is { } problem)
                    return problem;
            }
        }

        return null;
    }
}
