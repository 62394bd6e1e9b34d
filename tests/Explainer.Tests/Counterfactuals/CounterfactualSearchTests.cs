using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Domains;
using Platform.Explainer.Tests.Decisions;

namespace Platform.Explainer.Tests.Counterfactuals;

public sealed class CounterfactualSearchTests
{
    private const long Budget = 6000;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_row_that_is_found_is_decided_as_wanted_and_needs_each_of_its_changes(int seed)
    {
        var problem = new RandomProblem(seed);
        var task = problem.Task(new(), Budget);

        var found = Find(problem, task, count: 4);

        Assert.NotEmpty(found);
        Assert.InRange(task.Evaluations, 1, Budget);
        Assert.Equal(task.Evaluations - 1, problem.Model.RowsEvaluated);
        Assert.All(found, row =>
        {
            Assert.NotEqual(problem.Place, problem.PlaceOf(row.Cells));
            Assert.Equal(problem.PlaceOf(row.Cells), row.Place);
            Assert.All(task.Changed(row.Cells), feature => Assert.Equal(problem.Place, problem.PlaceOf(CounterfactualTask.With(row.Cells, feature, problem.Row[feature]))));
        });
        Assert.Equal(found.Count, found.Select(row => task.WayOf(row.Cells)).Distinct().Count());
        Assert.Equal(found.OrderBy(row => row.Distance).Select(row => row.Distance), found.Select(row => row.Distance));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_may_not_change_does_not_and_what_may_go_one_way_goes_that_way(int seed)
    {
        var problem = new RandomProblem(seed);
        var options = new CounterfactualOptions
        {
            Immutable = ["f2"], IncreaseOnly = ["f0"], DecreaseOnly = ["f1"], Ranges = [new() { Feature = "f3", From = 40.5, To = 70 }, new() { Feature = "f4", From = 3.2, To = 60.9 }],
        };

        var found = Find(problem, problem.Task(options, Budget), count: 4);

        Assert.All(found, row =>
        {
            var (cells, own) = (row.Cells, problem.Row);
            Assert.Equal(own[2], cells[2]);
            Assert.True(cells[0] >= own[0] && cells[1] <= own[1]);
            Assert.True(cells[3] == own[3] || cells[3] is >= 40.5 and <= 70);
            Assert.True(cells[4] == own[4] || cells[4] is >= 4 and <= 60);
            Assert.All([1, 4], feature => Assert.True(double.IsInteger(cells[feature])));
            Assert.Contains(cells[5], (double[])[0, 1, 2, 3]);
            Assert.All([0, 1], feature => Assert.InRange(cells[feature], Math.Min(own[feature], problem.Domains[feature].Sorted[0]), Math.Max(own[feature], problem.Domains[feature].Sorted[^1])));
        });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_same_seed_finds_the_same_rows_and_a_class_that_is_named_is_reached(int seed)
    {
        var problem = new RandomProblem(seed);
        var wanted = (problem.Place + 1) % 3;

        var (once, again) = (Find(problem, problem.Task(new(), Budget, wanted), 3), Find(problem, problem.Task(new(), Budget, wanted), 3));

        Assert.Equal(once.Select(row => string.Join(' ', row.Cells)), again.Select(row => string.Join(' ', row.Cells)));
        Assert.All(once, row => Assert.Equal(wanted, problem.PlaceOf(row.Cells)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_nearest_row_is_hardly_farther_than_that_of_brute_force(int seed)
    {
        var problem = new RandomProblem(seed, features: 5);
        // What is free is whole or a category: 6,400 rows, all of which brute force looks at.
        var task = problem.Task(new CounterfactualOptions { Immutable = ["f0", "f3"] }, Budget);
        var nearest = Grid(problem).Where(row => problem.PlaceOf(row) != problem.Place).Select(row => (double?)task.Distance(problem.Row, row)).Min();

        var found = Find(problem, task, count: 1);

        Assert.Equal(nearest is null, found.Count == 0);
        if (nearest is { } least) Assert.InRange(found[0].Distance, least - 1e-9, least * 1.05);
    }

    [Fact]
    public void Twins_give_way_to_rows_of_another_kind()
    {
        var problem = new RandomProblem(7);
        var task = problem.Task(new(), Budget);
        Candidate At(int feature, double value) => CandidateOf(task, CounterfactualTask.With(problem.Row, feature, value));
        var twins = new[] { At(0, problem.Row[0] + 10), At(0, problem.Row[0] + 11), At(0, problem.Row[0] + 12), At(1, problem.Row[1] + 8) };

        var chosen = DiverseChoice.Of(task, twins, 2);

        Assert.Contains(twins[3], chosen);
        Assert.Equal(twins.MinBy(row => row.Distance), chosen[0]);
    }

    [Fact]
    public void To_give_what_is_missing_is_one_way_whatever_the_number()
    {
        var problem = new RandomProblem(7);
        double[] row = [double.NaN, .. problem.Row[1..]];
        var task = new CounterfactualTask(problem.Model, problem.Decision, _ => true, row, new FreedomRules(problem.Domains, new()).Of(row), Budget);

        Assert.Equal(task.WayOf(CounterfactualTask.With(row, 0, 3)), task.WayOf(CounterfactualTask.With(row, 0, 60)));
    }

    [Fact]
    public void Where_no_row_is_decided_as_wanted_none_is_found_and_the_budget_holds()
    {
        var problem = new RandomProblem(1);
        var task = new CounterfactualTask(problem.Model, problem.Decision, _ => false, problem.Row, new FreedomRules(problem.Domains, new()).Of(problem.Row), 1000);

        Assert.Empty(Find(problem, task, 3));
        Assert.InRange(task.Evaluations, 300, 1000);
    }

    [Fact]
    public void A_wide_row_gets_done_because_many_changes_are_taken_back_at_once()
    {
        double[][] references = [.. Enumerable.Range(0, 50).Select(row => Enumerable.Range(0, 300).Select(feature => (double)((row * 7) + feature) % 11).ToArray())];
        FeatureDomain[] domains = [.. Enumerable.Range(0, 300).Select(feature => new FeatureDomain { Name = $"f{feature}", Kind = DomainKind.Whole, Sorted = [.. references.Select(row => row[feature]).Order()], Scale = 3 })];
        var model = new Games.FunctionModel(300, row => row[17] > 8 && row[230] > 8 ? 1 : 0, _ => 0.5);
        var row = new double[300];
        var task = new CounterfactualTask(
            model, NamedClasses.Of("a", "b"), place => place == 0, row, new FreedomRules(domains, new()).Of(row), 40_000);

        var found = CounterfactualSearch.Find(task, [.. references, .. references.Select(one => one.Select(_ => 10.0).ToArray())], 1, 1, default);

        Assert.Equal([17, 230], task.Changed(Assert.Single(found).Cells));
        Assert.Equal(6, found[0].Distance, 9);
    }

    private static IReadOnlyList<Candidate> Find(RandomProblem problem, CounterfactualTask task, int count) =>
        CounterfactualSearch.Find(task, problem.References, count, seed: 5, default);

    private static Candidate CandidateOf(CounterfactualTask task, double[] cells) => new(cells, [], 0, task.Distance(task.Row, cells));

    private static IEnumerable<double[]> Grid(RandomProblem problem) =>
        from second in Enumerable.Range(0, 40)
        from third in Enumerable.Range(0, 4)
        from fifth in Enumerable.Range(0, 40)
        where second >= problem.Domains[1].Sorted[0] && second <= problem.Domains[1].Sorted[^1] && fifth >= problem.Domains[4].Sorted[0] && fifth <= problem.Domains[4].Sorted[^1]
        select (double[])[problem.Row[0], second, third, problem.Row[3], fifth];
}
