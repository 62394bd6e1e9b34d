namespace Platform.Monitor.Outliers;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou 2008): random cuts through samples of the rows; a row that few cuts set apart is strange. The score is
/// 2^(−E[h]/c(n)), h being the cuts and c(n) those that n rows need on average: near 1 for outliers, below a half for ordinary rows.
/// </summary>
internal sealed class IsolationForest : IOutlierMethod
{
    public const string Name = "isolation_forest";

    private const int DefaultTrees = 100;
    private const int DefaultSample = 256;

    public string Id => Name;

    public int MostTrainRows => 200_000;

    public int MostTestRows => 200_000;

    public OutlierFindings Find(double[][] train, double[][] test, OutlierParameters parameters)
    {
        var random = new Random(parameters.Seed ?? 1);
        var sample = Math.Min(parameters.SampleSize ?? DefaultSample, train.Length);
        var trees = Enumerable.Range(0, parameters.Trees ?? DefaultTrees)
            .Select(_ => IsolationTree.Grow(Sample(train, sample, random), random)).ToArray();
        return OutlierFindings.Above(Array.ConvertAll(train, Score), Array.ConvertAll(test, Score), parameters);

        double Score(double[] row)
        {
            var cuts = 0.0;
            foreach (var tree in trees)
                cuts += tree.CutsTo(row);
            return Math.Pow(2, -cuts / trees.Length / IsolationTree.MeanCuts(sample));
        }
    }

    // Without replacement: the beginning of a shuffle.
    private static double[][] Sample(double[][] rows, int count, Random random)
    {
        var indices = new Dictionary<int, int>();
        var sample = new double[count][];
        for (var at = 0; at < count; at++)
        {
            var drawn = random.Next(at, rows.Length);
            sample[at] = rows[indices.GetValueOrDefault(drawn, drawn)];
            indices[drawn] = indices.GetValueOrDefault(at, at);
        }

        return sample;
    }
}
