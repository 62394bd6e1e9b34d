namespace Platform.Explainer.Tests.Attribution;

/// <summary>LIME over every neighbour there is, each with the chance of being drawn, from its definition: independent of the code under test.</summary>
internal static class PlainLime
{
    private const double KernelWidth = 0.25;

    /// <summary>The parts of a weighted least-squares fit with an intercept, and its R².</summary>
    public static (double[] Values, double Fit) Of(Func<double[], double> model, double[] instance, double[][] background)
    {
        var features = instance.Length;
        var rows = Enumerable.Range(0, (1 << features) - 1).Select(kept => Neighbour(model, instance, background, kept)).ToList();
        var solution = Solve(rows, features + 1);
        var mean = rows.Sum(row => row.Weight * row.Answer) / rows.Sum(row => row.Weight);
        var total = rows.Sum(row => row.Weight * Math.Pow(row.Answer - mean, 2));
        var left = rows.Sum(row => row.Weight * Math.Pow(row.Answer - row.Design.Zip(solution, (x, w) => x * w).Sum(), 2));
        return (solution[..features], 1 - (left / total));
    }

    private static (double[] Design, double Answer, double Weight) Neighbour(Func<double[], double> model, double[] instance, double[][] background, int kept)
    {
        var features = instance.Length;
        bool Has(int feature) => (kept >> feature & 1) != 0;
        var answer = background.Average(row => model([.. row.Select((cell, feature) => Has(feature) ? instance[feature] : cell)]));
        var size = Enumerable.Range(0, features).Count(Has);
        var chance = 1.0 / features / Choose(features, size);
        var distance = (1 - Math.Sqrt((double)size / features)) / KernelWidth;
        return ([.. Enumerable.Range(0, features).Select(feature => Has(feature) ? 1.0 : 0), 1], answer, chance * Math.Exp(-distance * distance));
    }

    private static double Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;

    /// <summary>The normal equations by Gaussian elimination.</summary>
    private static double[] Solve(List<(double[] Design, double Answer, double Weight)> rows, int unknowns)
    {
        var system = Enumerable.Range(0, unknowns).Select(i => Enumerable.Range(0, unknowns)
            .Select(j => rows.Sum(row => row.Weight * row.Design[i] * row.Design[j])).Append(rows.Sum(row => row.Weight * row.Design[i] * row.Answer)).ToArray()).ToArray();
        for (var pivot = 0; pivot < unknowns; pivot++)
        {
            for (var row = 0; row < unknowns; row++)
            {
                if (row == pivot) continue;
                var factor = system[row][pivot] / system[pivot][pivot];
                for (var column = 0; column <= unknowns; column++) system[row][column] -= factor * system[pivot][column];
            }
        }

        return [.. system.Select((row, i) => row[unknowns] / row[i])];
    }
}
