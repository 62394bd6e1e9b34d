using Platform.Onnx.Children;

namespace Platform.Registry.Tests.Gates;

/// <summary>A process that finds nothing until it is ended.</summary>
internal sealed class Holding : IChildRole
{
    public void Run(Stream input, Stream output) => Thread.Sleep(Timeout.Infinite);
}
