using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Batching;

/// <summary>Rows that are made up to try a version: as unlike each other as callers can be.</summary>
public static class ProbeRows
{
    /// <summary>How many rows a trial takes.</summary>
    public const int Wanted = 4;

    // Sizes that a free dimension other than the rows is tried with: a sequence, a picture.
    private static readonly long[] FreeSizes = [4, 32, 224];

    // Words of the texts, one after the other: what is padded to the longest text differs then.
    private static readonly int[] Words = [2, 1, 20, 3];

    /// <summary>Made-up rows that the version can be run on, each with a first dimension of 1; none when no guess at its free dimensions works.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, Tensor>> MakeUp(ModelSession session, CancellationToken cancellationToken)
    {
        foreach (var free in FreeSizes)
        {
            var rows = TryMakeUp(session.Signature, free);
            if (rows is not null && CanRun(session, rows, cancellationToken)) return rows;
            if (session.Signature.Inputs.All(input => !input.Shape.Skip(1).Contains(Shapes.Dynamic))) break;
        }

        return [];
    }

    /// <summary>Rows that can stand in one tensor with <paramref name="row"/> but are strangers to it.</summary>
    /// <param name="row">A row.</param>
    /// <param name="scale">How large its numbers are; whole ones stay 0 and 1 where this is 1. NaN for rows whose numbers are all missing.</param>
    public static IReadOnlyDictionary<string, Tensor>[] Strangers(IReadOnlyDictionary<string, Tensor> row, double scale)
    {
        var random = new Random(Wanted);
        return [.. Enumerable.Range(0, Wanted).Select(seed => row.ToDictionary(
            input => input.Key, input => Fill(input.Value.Datatype, [.. input.Value.Shape], input.Value.Values.Length, seed,
                random, scale)))];
    }

    /// <summary>Whether a row has neither NaN nor infinities in it.</summary>
    public static bool IsFinite(IReadOnlyDictionary<string, Tensor> row) =>
        row.Values.All(tensor => !tensor.Datatype.IsFloatingPoint() || tensor.ToDoubles().All(double.IsFinite));

    /// <summary>The row with 0 for what is not finite in it.</summary>
    public static IReadOnlyDictionary<string, Tensor> WithoutGaps(IReadOnlyDictionary<string, Tensor> row) => IsFinite(row)
        ? row
        : row.ToDictionary(input => input.Key, input => input.Value.Datatype.IsFloatingPoint()
            ? Tensor.FromDoubles(input.Value.Datatype, input.Value.Shape,
                [.. input.Value.ToDoubles().Select(value => double.IsFinite(value) ? value : 0)])
            : input.Value);

    private static bool CanRun(ModelSession session, IReadOnlyDictionary<string, Tensor>[] rows, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in rows) session.Evaluate(row, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is ModelRunException or ArgumentException)
        {
            return false;
        }
    }

    private static IReadOnlyDictionary<string, Tensor>[]? TryMakeUp(ModelSignature signature, long free)
    {
        var rows = new Dictionary<string, Tensor>[Wanted];
        for (var seed = 0; seed < Wanted; seed++)
        {
            var (row, random) = (rows[seed] = [], new Random(seed));
            foreach (var input in signature.Inputs)
            {
                long[] shape = [.. input.Shape.Select((size, i) => size != Shapes.Dynamic ? size : i == 0 ? 1 : free)];
                if (!Shapes.TryCount(shape, out var count) || count > 1 << 24) return null; // too large to be made up
                row[input.Name] = Fill(input.Datatype, shape, (int)count, seed, random, 1);
            }
        }

        return rows;
    }

    private static Tensor Fill(Datatype datatype, long[] shape, int count, int seed, Random random, double scale)
    {
        if (datatype == Datatype.Bytes) return Tensor.Strings(shape, [.. Enumerable.Range(0, count).Select(_ => Text(seed, random))]);
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = datatype.IsFloatingPoint() ? random.NextDouble() * scale
                : scale > 1 && datatype != Datatype.Bool ? Math.Round(random.NextDouble() * scale)
                : random.Next(2);
        }

        return Tensor.FromDoubles(datatype, shape, values);
    }

    private static string Text(int seed, Random random) =>
        string.Join(' ', Enumerable.Range(0, Words[seed % Words.Length]).Select(i => i == 0 ? "warm" : $"up{random.Next(100)}"));
}
