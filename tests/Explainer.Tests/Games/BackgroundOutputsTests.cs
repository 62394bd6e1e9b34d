using Platform.Explainer.Games;

namespace Platform.Explainer.Tests.Games;

public sealed class BackgroundOutputsTests
{
    [Theory]
    [InlineData(0.1, 100)]
    [InlineData(1 / 3.0, 1_000)]
    [InlineData(1e15 + 0.3, 7)]
    public void The_mean_of_equal_outputs_is_that_output(double output, int rows) =>
        Assert.Equal([output, -output], new BackgroundOutputs(rows, [.. Enumerable.Repeat<double[]>([output, -output], rows).SelectMany(row => row)]).Mean);

    [Fact]
    public void The_mean_is_taken_output_by_output() =>
        Assert.Equal([2, 30], new BackgroundOutputs(3, [1, 10, 2, 20, 3, 60]).Mean);
}
