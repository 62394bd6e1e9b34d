using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.RowFlow;

/// <summary>Runs rows alone and together, in every order that matters, and says where an answer differs.</summary>
internal static class RowTrial
{
    private const double Tolerance = 1e-4;

    /// <summary>Null where every row's answer is the same alone as among the others; else what is not.</summary>
    public static string? FindDifference(ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows)
    {
        var alone = rows.Select(row => TryRun(session, row)).ToArray();
        foreach (var order in Orders(rows.Count))
        {
            if (order.Any(row => alone[row] is null)) continue; // a row that cannot be answered alone is nobody's company
            var together = TryRun(session, Join([.. order.Select(row => rows[row])]));
            if (together is null) continue; // then each is run alone
            foreach (var (name, answer) in together)
                for (var place = 0; place < order.Length; place++)
                    if (!Same(answer, order.Length, place, alone[order[place]]![name])) return $"output {name}, row {order[place]} at place {place} of {order.Length}";
        }

        return null;
    }

    /// <summary>Whether there are rows that are answered together; else there is nothing to find.</summary>
    public static bool AnswersTogether(ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows) =>
        Orders(rows.Count).Any(order => TryRun(session, Join([.. order.Select(row => rows[row])])) is not null);

    private static IEnumerable<int[]> Orders(int rows)
    {
        yield return [.. Enumerable.Range(0, rows)];
        yield return [.. Enumerable.Range(0, rows).Reverse(), 0];
        for (var row = 1; row < rows; row++) yield return [row, 0];
    }

    private static IReadOnlyDictionary<string, Tensor>? TryRun(ModelSession session, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            return session.Evaluate(inputs);
        }
        catch (ModelRunException)
        {
            return null;
        }
    }

    private static Dictionary<string, Tensor> Join(IReadOnlyDictionary<string, Tensor>[] rows) =>
        rows[0].ToDictionary(input => input.Key, input =>
        {
            var values = Array.CreateInstance(input.Value.Values.GetType().GetElementType()!, rows.Sum(row => row[input.Key].Values.Length));
            var at = 0;
            foreach (var row in rows)
            {
                row[input.Key].Values.CopyTo(values, at);
                at += row[input.Key].Values.Length;
            }

            return input.Value with { Shape = [rows.Length, .. input.Value.Shape.Skip(1)], Values = values };
        });

    private static bool Same(Tensor together, int rows, int place, Tensor alone)
    {
        if (together.Shape.Count == 0 || together.Shape[0] != rows || alone.Shape.Count == 0 || alone.Shape[0] != 1) return false;
        if (!together.Shape.Skip(1).SequenceEqual(alone.Shape.Skip(1))) return false;
        var size = alone.Values.Length;
        if (alone.Values is string[] texts) return texts.AsSpan().SequenceEqual(((string[])together.Values).AsSpan(place * size, size));
        var left = together.ToDoubles().AsSpan(place * size, size);
        var right = alone.ToDoubles();
        for (var i = 0; i < size; i++)
            if (!left[i].Equals(right[i]) && !(Math.Abs(left[i] - right[i]) <= Tolerance * Math.Max(1, Math.Abs(right[i])))) return false;
        return true;
    }
}
