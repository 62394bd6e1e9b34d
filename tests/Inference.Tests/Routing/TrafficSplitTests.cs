using Platform.Contracts.Registry;
using Platform.Inference.Routing;

namespace Platform.Inference.Tests.Routing;

public sealed class TrafficSplitTests
{
    private const int Keys = 100_000;

    public static TheoryData<double> Weights => [0, 0.001, 0.002, 0.05, 0.1, 1.0 / 3, 0.5, 0.9, 0.999, 1];

    [Theory, MemberData(nameof(Weights))]
    public void Of_many_keys_the_challenger_gets_its_share(double weight)
    {
        var split = Split(weight);
        var challenged = Enumerable.Range(0, Keys).Count(key => split.ChooseChallenger($"customer-{key}", null) is not null);

        // The keys are given, so this is decided once and for all; five standard deviations for how evenly a hash falls.
        Assert.InRange(challenged, Keys * weight - 5 * Deviation(weight), Keys * weight + 5 * Deviation(weight));
    }

    [Theory, MemberData(nameof(Weights))]
    public void Of_many_requests_without_a_key_the_challenger_gets_its_share(double weight)
    {
        var split = Split(weight);
        var challenged = Enumerable.Range(0, Keys).Count(_ => split.ChooseChallenger(null, null) is not null);

        Assert.InRange(challenged, Keys * weight - 7 * Deviation(weight), Keys * weight + 7 * Deviation(weight));
    }

    [Fact]
    public void A_key_that_a_challenger_has_stays_with_it_while_its_share_grows()
    {
        var splits = Enumerable.Range(0, 1001).Select(weight => Split(weight / 1000.0)).ToArray();
        for (var key = 0; key < 1000; key++)
        {
            var versions = splits.Select(split => split.ChooseChallenger($"{key}", null)).ToArray();
            var first = Array.FindIndex(versions, version => version is not null);

            Assert.Null(versions[0]);
            Assert.All(versions[first..], version => Assert.Equal("2", version));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.000_000_4, 0)]
    [InlineData(0.000_001, 1)]
    [InlineData(0.001, 1000)]
    [InlineData(0.999_999, 999_999)]
    [InlineData(1, 1_000_000)]
    public void A_share_takes_its_points_and_not_one_more(double weight, int points) => Assert.Equal(points, TrafficPoint.PointsOf(weight));

    /// <summary>Other replicas, and other builds, must find the same: by hand from the reference XXH64 of UTF-8.</summary>
    [Theory]
    [InlineData("", 0L, 934_674)] // 0xEF46DB3751D8E999
    [InlineData("a", 0L, 821_514)] // 0xD24EC4F1A98C6E5B
    [InlineData("abc", 0L, 268_496)] // 0x44BC2CF5AD770999
    public void A_key_has_the_same_point_everywhere(string key, long seed, int point) => Assert.Equal(point, TrafficPoint.Of(key, seed));

    [Fact]
    public void Every_point_can_be_reached_and_none_lies_outside()
    {
        var points = Enumerable.Range(0, Keys).Select(key => TrafficPoint.Of($"{key}", 7)).ToArray();

        Assert.All(points, point => Assert.InRange(point, 0, TrafficPoint.Count - 1));
        Assert.InRange(points.Min(), 0, 200);
        Assert.InRange(points.Max(), TrafficPoint.Count - 201, TrafficPoint.Count - 1);
    }

    [Fact]
    public void Long_keys_and_keys_that_are_no_text_have_a_point_too()
    {
        Assert.InRange(TrafficPoint.Of(new string('ä', 10_000), 1), 0, TrafficPoint.Count - 1);
        Assert.InRange(TrafficPoint.Of("\ud800", 1), 0, TrafficPoint.Count - 1);
    }

    [Fact]
    public void Models_divide_the_same_keys_apart()
    {
        var (one, other) = (Split(0.5, "one"), Split(0.5, "other"));
        var alike = Enumerable.Range(0, Keys).Count(key => one.ChooseChallenger($"{key}", null) == other.ChooseChallenger($"{key}", null));

        Assert.InRange(alike, Keys * 0.48, Keys * 0.52);
    }

    [Fact]
    public void A_caller_may_ask_for_a_role()
    {
        Assert.Equal("2", Split(0).ChooseChallenger("any", "challenger"));
        Assert.Null(Split(1).ChooseChallenger("any", "champion"));
        Assert.Equal("2", Split(1).ChooseChallenger("any", "shadow"));
    }

    [Fact]
    public void Several_challengers_divide_the_points_without_a_gap()
    {
        var split = new TrafficSplit("m",
        [
            new() { Version = "1", Weight = 0, Role = "champion" },
            new() { Version = "2", Weight = 0.25, Role = "challenger" },
            new() { Version = "3", Weight = 0.75, Role = "challenger" },
        ]);
        var versions = Enumerable.Range(0, Keys).CountBy(key => split.ChooseChallenger($"{key}", null) ?? "1").ToDictionary();

        Assert.Equal(["2", "3"], versions.Keys.Order());
        Assert.InRange(versions["2"], Keys * 0.24, Keys * 0.26);
    }

    private static double Deviation(double weight) => Math.Sqrt(Keys * weight * (1 - weight));

    private static TrafficSplit Split(double weight, string model = "m") => new(model,
    [
        new DeploymentShare { Version = "1", Weight = 1 - weight, Role = "champion" },
        new DeploymentShare { Version = "2", Weight = weight, Role = "challenger" },
    ]);
}
