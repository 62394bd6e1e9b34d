namespace Platform.Explainer.Tests.Attribution;

/// <summary>Shapley values straight from the definition over all orders, independent of the code under test.</summary>
internal static class BruteForce
{
    /// <summary>Mean marginal contribution over every order of the features and every background row.</summary>
    public static double[] Shapley(Func<double[], double> model, double[] instance, double[][] background)
    {
        var values = new double[instance.Length];
        var orders = Orders([.. Enumerable.Range(0, instance.Length)]).ToList();
        foreach (var row in background)
        {
            foreach (var order in orders)
                AddMarginals(model, instance, row, order, values);
        }

        return Array.ConvertAll(values, value => value / orders.Count / background.Length);
    }

    private static void AddMarginals(Func<double[], double> model, double[] instance, double[] row, int[] order, double[] values)
    {
        var cells = row.ToArray();
        var before = model(cells);
        foreach (var feature in order)
        {
            cells[feature] = instance[feature];
            var after = model(cells);
            values[feature] += after - before;
            before = after;
        }
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(item => Orders([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
