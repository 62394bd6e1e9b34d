namespace Platform.Registry.Sessions;

/// <summary>What is written to it goes through a talk, in parts.</summary>
internal sealed class PartStream(VettingTalk talk, byte kind) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (; buffer.Length > VettingTalk.MaxPart; buffer = buffer[VettingTalk.MaxPart..]) talk.SayPart(kind, buffer[..VettingTalk.MaxPart]);
        talk.SayPart(kind, buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
