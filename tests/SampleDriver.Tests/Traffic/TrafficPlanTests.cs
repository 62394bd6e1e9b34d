using Platform.SampleDriver.Traffic;

namespace Platform.SampleDriver.Tests.Traffic;

public sealed class TrafficPlanTests
{
    private static readonly TrafficOptions Options = new()
    {
        UsualFor = TimeSpan.FromSeconds(30),
        ShiftedFor = TimeSpan.FromSeconds(60),
        Cycle = TimeSpan.FromSeconds(300),
    };

    [Theory]
    [InlineData(0, "usual")]
    [InlineData(29.9, "usual")]
    [InlineData(30, "shifted")]
    [InlineData(89.9, "shifted")]
    [InlineData(90, "usual")]
    [InlineData(329.9, "usual")]
    [InlineData(330, "shifted")]
    [InlineData(390, "usual")]
    public void Shifted_rows_come_after_the_usual_ones_and_again_every_cycle(double seconds, string expected)
    {
        var plan = new TrafficPlan([new("usual")], [new("shifted")], Options);
        Assert.Equal(expected, plan.Next(TimeSpan.FromSeconds(seconds)).Line);
    }

    [Theory]
    [InlineData(30, "usual")]
    [InlineData(119.9, "usual")]
    [InlineData(120, "shifted")]
    [InlineData(180, "usual")]
    public void The_second_sample_drifts_when_the_first_is_usual_again(double seconds, string expected)
    {
        var plan = new TrafficPlan([new("usual")], [new("shifted")], Options, turn: 1);
        Assert.Equal(expected, plan.Next(TimeSpan.FromSeconds(seconds)).Line);
    }

    [Fact]
    public void A_sample_without_shifted_rows_stays_usual()
    {
        var plan = new TrafficPlan([new("usual")], [], Options);
        Assert.Equal("usual", plan.Next(TimeSpan.FromSeconds(45)).Line);
    }

    [Fact]
    public void Rows_go_round_in_order()
    {
        var plan = new TrafficPlan([new("a"), new("b")], [], Options);
        Assert.Equal(["a", "b", "a"], Enumerable.Range(0, 3).Select(_ => plan.Next(TimeSpan.Zero).Line));
    }
}
