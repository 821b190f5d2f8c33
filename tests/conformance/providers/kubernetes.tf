# The settings that the answers were recorded with.
terraform {
  required_providers {
    kubernetes = { source = "hashicorp/kubernetes" }
  }
}

resource "terraform_data" "later" {}

provider "kubernetes" {
  host  = "https://127.0.0.1:9"
  token = "nobody"
}
