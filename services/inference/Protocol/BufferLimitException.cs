namespace Platform.Inference.Protocol;

/// <summary>A <see cref="ByteBuffer"/> was to hold more than it may.</summary>
internal sealed class BufferLimitException(int limit) : Exception($"The buffer may hold no more than {limit} bytes.");
