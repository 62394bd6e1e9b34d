using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.TestKit;

namespace Platform.Onnx.Tests.RowFlow;

public sealed class RandomGraphTests : IDisposable
{
    private const int Graphs = 40;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_proved_to_keep_rows_apart_does_so_in_the_runtime(int part)
    {
        var (proved, unproved) = (0, 0);
        for (var seed = part * 1000; seed < part * 1000 + Graphs; seed++)
        {
            foreach (var output in new RandomGraph(seed).Made)
            {
                var path = RandomGraph.Answering(seed, output).Save(_folder.Path);
                var isProved = RowProof.Of(path).Mixing is null;
                if (isProved) proved++;
                else unproved++;
                if (isProved && TryLoad(path) is { } session)
                {
                    using (session)
                    {
                        var difference = RowTrial.FindDifference(session, RandomRows.For(session.Signature, new Random(seed)));
                        Assert.True(difference is null, $"Graph {seed}, {output}: {difference}");
                    }
                }

                File.Delete(path);
            }
        }

        Assert.True(proved > 100 && unproved > 100, $"{proved} tensors are proved, {unproved} are not.");
    }

    [Fact]
    public void Texts_that_are_proved_to_keep_apart_do_so_however_long_others_are()
    {
        var (proved, unproved) = (0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var path = new RandomTextGraph(seed).File.Save(_folder.Path);
            if (RowProof.Of(path).Mixing is not null) unproved++;
            else if (TryLoad(path) is { } session)
            {
                proved++;
                using (session)
                {
                    var difference = RowTrial.FindDifference(session, RandomRows.For(session.Signature, new Random(seed)));
                    Assert.True(difference is null, $"Text graph {seed}: {difference}");
                }
            }

            File.Delete(path);
        }

        Assert.True(proved > 20 && unproved > 20, $"{proved} graphs are proved, {unproved} are not.");
    }

    private static ModelSession? TryLoad(string path)
    {
        try
        {
            return ModelSession.Load(path);
        }
        catch (ModelLoadException)
        {
            return null; // a graph that the runtime does not take shows nothing
        }
    }
}
