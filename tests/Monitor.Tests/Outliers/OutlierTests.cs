using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Platform.Monitor.Outliers;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Tests.Outliers;

public sealed class OutlierTests
{
    private static readonly JsonElement Data = Golden.Statistics.GetProperty("outliers");
    private static readonly double[][] Train = Data.GetProperty("train").Rows();
    private static readonly double[][] Test = Data.GetProperty("test").Rows();
    private static readonly bool[] Outliers = Data.GetProperty("outlier").Flags();

    [Fact]
    public void The_decision_values_of_the_one_class_machine_are_those_of_the_golden_file()
    {
        var expected = Data.GetProperty("expected").GetProperty("one_class_svm");
        var parameters = new OutlierParameters { Nu = expected.GetProperty("nu").GetDouble(), Gamma = expected.GetProperty("gamma").GetDouble() };

        var found = new OneClassSvm().Find(Train, Test, parameters);

        // The reference was stopped at a tolerance of 0.001.
        foreach (var (value, score) in expected.GetProperty("decision").Numbers().Zip(found.Scores))
            Assert.Equal(value, score, 0.005);
        Assert.Equal(1, Area(found.Scores, Outliers, higherIsStranger: false));
    }

    [Fact]
    public void The_scores_of_the_forest_are_as_far_apart_as_those_of_the_golden_file()
    {
        var expected = Data.GetProperty("expected").GetProperty("isolation_forest");

        var found = new IsolationForest().Find(Train, Test, new() { Trees = expected.GetProperty("trees").GetInt32() });

        Assert.Equal(1, Area(found.Scores, Outliers, higherIsStranger: true));
        Assert.Equal(expected.GetProperty("mean_score_inliers").GetDouble(), Mean(found.Scores, of: false), 0.02);
        Assert.Equal(expected.GetProperty("mean_score_outliers").GetDouble(), Mean(found.Scores, of: true), 0.03);
    }

    [Fact]
    public void The_same_seed_gives_the_same_forest()
    {
        var forest = new IsolationForest();

        Assert.Equal(forest.Find(Train, Test, new()).Scores, forest.Find(Train, Test, new() { Seed = 1 }).Scores);
        Assert.NotEqual(forest.Find(Train, Test, new()).Scores, forest.Find(Train, Test, new() { Seed = 2 }).Scores);
    }

    [Fact]
    public void Distances_tell_outliers_from_others()
    {
        var found = new Mahalanobis().Find(Train, Test, new());

        Assert.Equal(1, Area(found.Scores, Outliers, higherIsStranger: true));
    }

    [Theory]
    [InlineData("isolation_forest")]
    [InlineData("one_class_svm")]
    [InlineData("mahalanobis")]
    public void Ordinary_rows_are_called_outliers_as_seldom_as_is_asked_for(string method)
    {
        var random = new Random(8);
        var (train, test) = (Normal(random, 1_000, 3), Normal(random, 4_000, 3));

        var found = OutlierCatalogue.Find(method)!.Find(train, test, new() { Contamination = 0.05, Nu = 0.05, Gamma = 0.1 });

        Assert.InRange(found.Outliers.Count(outlier => outlier) / 4_000.0, 0.025, 0.085);
    }

    [Fact]
    public void Of_many_rows_the_distance_is_the_one_of_the_definition()
    {
        var random = new Random(9);
        double[][] train = [.. Normal(random, 100_000, 2).Select(row => new[] { row[0], 0.8 * row[0] + 0.6 * row[1] })];

        var found = new Mahalanobis().Find(train, [[1, 1], [1, -1]], new()).Scores;

        // Σ⁻¹ of a correlation of 0.8: (1, 1) lies along it, (1, −1) across.
        Assert.Equal(Math.Sqrt(2 / 1.8), found[0], 0.02);
        Assert.Equal(Math.Sqrt(2 / 0.2), found[1], 0.1);
    }

    [Fact]
    public void Shrinkage_is_as_Ledoit_and_Wolf_have_it()
    {
        var rows = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { -1, 0 }, { 0, -2 } });
        var (n, p) = (3, 2);
        var covariance = rows.TransposeThisAndMultiply(rows) / n;
        var mean = covariance.Trace() / p;
        var target = Matrix<double>.Build.DenseIdentity(p) * mean;
        var spread = Square(covariance - target);
        var error = rows.EnumerateRows().Sum(row => Square(row.OuterProduct(row) - covariance)) / (n * n);
        var share = Math.Min(error, spread) / spread;

        var found = Mahalanobis.Shrunk(rows);

        Assert.Equal(0, Square(covariance * (1 - share) + target * share - found), 12);
    }

    [Fact]
    public void Rows_without_any_spread_are_possible()
    {
        double[][] same = [[1, 2], [1, 2], [1, 2]];

        foreach (var method in OutlierCatalogue.Ids.Select(id => OutlierCatalogue.Find(id)!))
            Assert.All(method.Find(same, [[1, 2], [5, 5]], new()).Scores, score => Assert.True(double.IsFinite(score), method.Id));
        Assert.Equal([false, true], new Mahalanobis().Find(same, [[1, 2], [5, 5]], new()).Outliers);
    }

    private static double Area(double[] scores, bool[] outliers, bool higherIsStranger) =>
        ScoreRanking.Measure(outliers, Array.ConvertAll(scores, score => higherIsStranger ? score : -score)).RocAuc;

    private static double Mean(double[] scores, bool of) => scores.Where((_, row) => Outliers[row] == of).Average();

    private static double Square(Matrix<double> matrix) => matrix.Enumerate().Sum(value => value * value);

    private static double[][] Normal(Random random, int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ =>
        Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6).ToArray())];
}
