namespace Platform.Monitor.Outliers;

/// <summary>
/// One-class support vector machine (Schölkopf and others 2001) with the kernel exp(−γ‖x − y‖²): the smoothest border around all but a share ν of
/// the training rows. The score is the decision value Σ α k(x, xᵢ) − ρ as libsvm has it, Σ α = νn: below 0 a row lies outside. Columns are taken
/// as they are: bring them to one scale first.
/// </summary>
internal sealed class OneClassSvm : IOutlierMethod
{
    public const string Name = "one_class_svm";

    private const double DefaultNu = 0.01;

    public string Id => Name;

    public int MostTrainRows => 2_000;

    public int MostTestRows => 20_000;

    public OutlierFindings Find(double[][] train, double[][] test, OutlierParameters parameters)
    {
        var gamma = parameters.Gamma ?? DefaultGamma(train);
        var kernel = Array.ConvertAll(train, one => Array.ConvertAll(train, other => Kernel(one, other, gamma)));
        var (weights, border) = SupportWeights.Find(kernel, (parameters.Nu ?? DefaultNu) * train.Length);
        var supports = Enumerable.Range(0, train.Length).Where(row => weights[row] > 0).ToArray();
        var scores = Array.ConvertAll(test, row => supports.Sum(at => weights[at] * Kernel(row, train[at], gamma)) - border);
        return new(scores, Array.ConvertAll(scores, score => score < 0), 0, "an outlier has a decision value below 0");
    }

    private static double Kernel(double[] one, double[] other, double gamma)
    {
        var squares = 0.0;
        for (var column = 0; column < one.Length; column++)
            squares += (one[column] - other[column]) * (one[column] - other[column]);
        return Math.Exp(-gamma * squares);
    }

    // As scikit-learn's "scale".
    private static double DefaultGamma(double[][] train)
    {
        var mean = train.Average(row => row.Average());
        var variance = train.Average(row => row.Average(value => (value - mean) * (value - mean)));
        return 1 / (train[0].Length * (variance > 0 ? variance : 1));
    }
}
