using Platform.Inference.Models;
using Platform.Onnx.Batching;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

public sealed class BatchSizingTests : IDisposable
{
    private const long Endless = long.MaxValue;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { 100, 50, 25, 13, 7, 4, 2 }, 64)]
    [InlineData(new[] { 100, 60, 40, 41, 55, 80, 90 }, 4)]
    [InlineData(new[] { 100, 101, 99, 98, 99, 98, 99 }, 1)] // hardly faster is not worth the waiting
    [InlineData(new[] { 100, 80 }, 2)]
    [InlineData(new int[0], 1)]
    public void The_smallest_number_of_rows_is_chosen_that_makes_each_row_about_as_fast_as_any(int[] microsPerRow, int best)
    {
        var trials = microsPerRow.Select((micros, i) => (1 << i, TimeSpan.FromMicroseconds(micros)));

        Assert.Equal(best, BatchSizing.Choose(trials));
    }

    [Fact]
    public void Rows_that_the_model_cannot_take_together_are_not_counted_on()
    {
        using var session = ModelSession.Load(TinyModels.UpToFourRows().Save(_folder.Path));

        Assert.InRange(BatchSizing.Measure(session, ProbeRows.MakeUp(session, default), default), 1, 4);
    }

    [Fact]
    public void A_trial_that_would_not_end_is_given_up()
    {
        using var session = ModelSession.Load(TinyModels.Slow().Save(_folder.Path));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => BatchSizing.Measure(session, [Row(Endless)], patience.Token));
    }

    private static Dictionary<string, Tensor> Row(long rounds) =>
        new() { ["x"] = Tensor.FP32([1], [1f]), ["rounds"] = Tensor.Int64([1], [rounds]) };
}
