using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

// The surface over five services on real servers.

[Collection(LoopInDistributed.Name)]
public sealed class OpenApiInDistributed(DistributedPlatform platform) : OpenApiTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class OperationsInDistributed(DistributedPlatform platform) : OperationsTests(platform);

[Collection(LoopInDistributed.Name)]
public sealed class PageInDistributed(DistributedPlatform platform) : PageTests(platform);
