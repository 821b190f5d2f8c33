# The settings that the answers were recorded with.
terraform {
  required_providers {
    google = { source = "hashicorp/google" }
  }
}

resource "terraform_data" "later" {}

provider "google" {
  project      = "acme-prod"
  region       = "europe-west1"
  zone         = "europe-west1-b"
  access_token = "nobody"
}

provider "google" {
  alias        = "labelled"
  project      = "acme-prod"
  region       = "europe-west1"
  zone         = "europe-west1-b"
  access_token = "nobody"
  default_labels = {
    environment = "prod"
    team        = "platform"
  }
  add_terraform_attribution_label = false
}
