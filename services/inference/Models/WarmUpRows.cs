using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Inference.Models;

/// <summary>Rows to warm a version up with: of its reference dataset, or made up from its signature.</summary>
internal static class WarmUpRows
{
    public const int Wanted = 4;

    // Sizes that a free dimension other than the rows is tried with: a sequence, a picture.
    private static readonly long[] FreeSizes = [4, 32, 224];

    /// <summary>A reference row as tensors, or null when it does not fill the signature's shapes.</summary>
    public static IReadOnlyDictionary<string, Tensor>? FromReference(ModelSignature signature, ReferenceRow row)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var input in signature.Inputs)
        {
            if (!row.Inputs.TryGetValue(input.Name, out var values) || values.ValueKind != JsonValueKind.Array) return null;
            if (ShapeOf(input, values.GetArrayLength()) is not { } shape) return null;
            tensors[input.Name] = ReadValues(input.Datatype, shape, values);
        }

        return tensors;
    }

    /// <summary>Made-up rows that the version can be run on; none when no guess at its free dimensions works.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, Tensor>> MakeUp(ModelSession session, CancellationToken cancellationToken)
    {
        foreach (var free in FreeSizes)
        {
            var rows = Enumerable.Range(0, Wanted).Select(seed => MakeUp(session.Signature, free, seed)).ToArray();
            if (CanRun(session, rows, cancellationToken)) return rows;
            if (session.Signature.Inputs.All(input => !input.Shape.Skip(1).Contains(Shapes.Dynamic))) break;
        }

        return [];
    }

    /// <summary>Made-up rows that can stand in one tensor with <paramref name="row"/>, with numbers up to <paramref name="scale"/>.</summary>
    public static IReadOnlyDictionary<string, Tensor>[] Strangers(IReadOnlyDictionary<string, Tensor> row, double scale)
    {
        var random = new Random(Wanted);
        return [.. Enumerable.Range(0, Wanted).Select(_ => row.ToDictionary(
            input => input.Key, input => MakeUp(input.Value.Datatype, [.. input.Value.Shape], input.Value.Values.Length, random, scale)))];
    }

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

    private static IReadOnlyDictionary<string, Tensor> MakeUp(ModelSignature signature, long free, int seed)
    {
        var random = new Random(seed);
        return signature.Inputs.ToDictionary(input => input.Name, input => MakeUp(input, free, random));
    }

    private static Tensor MakeUp(TensorSpec input, long free, Random random)
    {
        long[] shape = [.. input.Shape.Select((size, i) => size != Shapes.Dynamic ? size : i == 0 ? 1 : free)];
        if (!Shapes.TryCount(shape, out var count) || count > 1 << 24) throw new ArgumentException("The input is too large to be made up.");
        return MakeUp(input.Datatype, shape, (int)count, random);
    }

    private static Tensor MakeUp(Datatype datatype, long[] shape, int count, Random random, double scale = 1)
    {
        if (datatype == Datatype.Bytes)
            return Tensor.Strings(shape, [.. Enumerable.Range(0, count).Select(_ => $"warm up {random.Next(100)}")]);

        var values = new double[count];
        foreach (ref var value in values.AsSpan()) value = datatype.IsFloatingPoint() ? random.NextDouble() * scale : random.Next(2);
        return Tensor.FromDoubles(datatype, shape, values);
    }

    /// <summary>One row's shape from the number of its values; null when more than one dimension would have to be guessed.</summary>
    private static long[]? ShapeOf(TensorSpec input, int values)
    {
        long[] shape = [.. input.Shape.Select((size, i) => i == 0 && size == Shapes.Dynamic ? 1 : size)];
        var free = Array.IndexOf(shape, Shapes.Dynamic);
        if (free >= 0) shape[free] = 1;
        if (!Shapes.TryCount(shape, out var fixedCount) || fixedCount == 0) return null;
        if (free >= 0) shape[free] = values / fixedCount;
        return Shapes.TryCount(shape, out var count) && count == values ? shape : null;
    }

    private static Tensor ReadValues(Datatype datatype, long[] shape, JsonElement values)
    {
        if (datatype == Datatype.Bytes)
            return Tensor.Strings(shape, [.. values.EnumerateArray().Select(value => value.ToString())]);

        var missing = datatype.IsFloatingPoint() ? double.NaN : 0;
        return Tensor.FromDoubles(datatype, shape, [.. values.EnumerateArray().Select(value => Number(value, missing))]);
    }

    private static double Number(JsonElement value, double missing) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => missing,
    };
}
