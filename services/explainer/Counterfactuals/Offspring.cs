using Platform.Explainer.Attribution;

namespace Platform.Explainer.Counterfactuals;

/// <summary>Draws rows near those that are answered as wanted: mixed with each other, with changes taken back, moved, or put elsewhere.</summary>
/// <param name="task">The row that is explained.</param>
/// <param name="random">Decides every choice.</param>
internal sealed class Offspring(CounterfactualTask task, SeededRandom random)
{
    private const int LargestStep = 6;

    private readonly double[][] _probes = [.. task.Freedoms.Select(freedom => freedom.CanChange ? freedom.Probes().ToArray() : [])];

    /// <summary>One that comes from one or two of the parents.</summary>
    public double[] Of(IReadOnlyList<Candidate> parents)
    {
        var cells = parents[random.Next(parents.Count)].Cells.ToArray();
        if (random.Next(3) == 0) Mix(cells, parents[random.Next(parents.Count)].Cells);
        for (var changes = 1 + random.Next(2); changes > 0; changes--) Change(cells);
        return cells;
    }

    /// <summary>One that comes from a reference row: some of its values in place of the row's own.</summary>
    public double[] Of(double[] reference)
    {
        var cells = task.Row.ToArray();
        var share = random.NextDouble();
        foreach (var feature in task.Free)
        {
            if (random.NextDouble() < share) cells[feature] = task.Freedoms[feature].Fit(reference[feature]);
        }

        return cells;
    }

    /// <summary>One that comes from nowhere: some of the features at any of the values to try.</summary>
    public double[] Anywhere()
    {
        var cells = task.Row.ToArray();
        var share = random.NextDouble();
        foreach (var feature in task.Free.Where(feature => _probes[feature].Length > 0))
        {
            if (random.NextDouble() < share) cells[feature] = _probes[feature][random.Next(_probes[feature].Length)];
        }

        return cells;
    }

    private void Mix(double[] cells, double[] other)
    {
        foreach (var feature in task.Free)
        {
            if (random.Next(2) == 0) cells[feature] = other[feature];
        }
    }

    private void Change(double[] cells)
    {
        var feature = task.Free[random.Next(task.Free.Length)];
        var (freedom, own) = (task.Freedoms[feature], task.Row[feature]);
        cells[feature] = random.Next(3) switch
        {
            0 => own,
            1 when freedom.Domain.Kind != Domains.DomainKind.Category && !double.IsNaN(cells[feature]) => freedom.Fit(cells[feature] + Step(freedom)),
            _ => _probes[feature].Length == 0 ? own : _probes[feature][random.Next(_probes[feature].Length)],
        };
    }

    /// <summary>Up or down, as often small as large.</summary>
    private double Step(Freedom freedom)
    {
        var size = Math.Max(freedom.Domain.Step, freedom.Domain.Scale * Math.Pow(2, 1 - random.Next(LargestStep + 1)));
        return random.Next(2) == 0 ? size : -size;
    }
}
