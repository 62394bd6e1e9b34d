source "$eng/lib/stage.sh"

from_npm com.github.asus4.onnxruntime@0.4.9 e59788788818fdde1b2e522e766a21ba0f7d8391de55737abf81e32cc801785d Runtime
