/**
 * List prices of Compute Engine in USD, generated on 2026-07-30 from Google's price list by the project
 * "Google Cloud Pricing and Cost Calculator"; only what is used here, machines taken apart into vCPUs and memory.
 *
 * Copyright 2022-2025 Nils Knieling. All Rights Reserved. Licensed under the Apache License, Version 2.0
 * (http://www.apache.org/licenses/LICENSE-2.0), distributed "AS IS", without warranties or conditions of any kind.
 * Changed: another format, and prices of machine types replaced by those of their parts.
 * @see https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator (revision fd66b26)
 */
export const GOOGLE_COMPUTE_SOURCE = {
  source: "https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator",
  date: "2026-07-30",
} as const;

/** Predefined machine types: vCPUs that are paid for, and GiB of memory. Types with local disks or GPUs are left out. */
export const MACHINE_TYPES = `
e2-highcpu-2 2 2
e2-highcpu-4 4 4
e2-highcpu-8 8 8
e2-highcpu-16 16 16
e2-highcpu-32 32 32
e2-highmem-2 2 16
e2-highmem-4 4 32
e2-highmem-8 8 64
e2-highmem-16 16 128
e2-medium 1 4
e2-micro 0.25 1
e2-small 0.5 2
e2-standard-2 2 8
e2-standard-4 4 16
e2-standard-8 8 32
e2-standard-16 16 64
e2-standard-32 32 128
n1-highcpu-2 2 1.8
n1-highcpu-4 4 3.6
n1-highcpu-8 8 7.2
n1-highcpu-16 16 14.4
n1-highcpu-32 32 28.8
n1-highcpu-64 64 57.6
n1-highcpu-96 96 86.4
n1-highmem-2 2 13
n1-highmem-4 4 26
n1-highmem-8 8 52
n1-highmem-16 16 104
n1-highmem-32 32 208
n1-highmem-64 64 416
n1-highmem-96 96 624
n1-standard-1 1 3.75
n1-standard-2 2 7.5
n1-standard-4 4 15
n1-standard-8 8 30
n1-standard-16 16 60
n1-standard-32 32 120
n1-standard-64 64 240
n1-standard-96 96 360
n2-highcpu-2 2 2
n2-highcpu-4 4 4
n2-highcpu-8 8 8
n2-highcpu-16 16 16
n2-highcpu-32 32 32
n2-highcpu-48 48 48
n2-highcpu-64 64 64
n2-highcpu-80 80 80
n2-highcpu-96 96 96
n2-highmem-2 2 16
n2-highmem-4 4 32
n2-highmem-8 8 64
n2-highmem-16 16 128
n2-highmem-32 32 256
n2-highmem-48 48 384
n2-highmem-64 64 512
n2-highmem-80 80 640
n2-highmem-96 96 768
n2-highmem-128 128 864
n2-standard-2 2 8
n2-standard-4 4 16
n2-standard-8 8 32
n2-standard-16 16 64
n2-standard-32 32 128
n2-standard-48 48 192
n2-standard-64 64 256
n2-standard-80 80 320
n2-standard-96 96 384
n2-standard-128 128 512
n2d-highcpu-2 2 2
n2d-highcpu-4 4 4
n2d-highcpu-8 8 8
n2d-highcpu-16 16 16
n2d-highcpu-32 32 32
n2d-highcpu-48 48 48
n2d-highcpu-64 64 64
n2d-highcpu-80 80 80
n2d-highcpu-96 96 96
n2d-highcpu-128 128 128
n2d-highcpu-224 224 224
n2d-highmem-2 2 16
n2d-highmem-4 4 32
n2d-highmem-8 8 64
n2d-highmem-16 16 128
n2d-highmem-32 32 256
n2d-highmem-48 48 384
n2d-highmem-64 64 512
n2d-highmem-80 80 640
n2d-highmem-96 96 768
n2d-standard-2 2 8
n2d-standard-4 4 16
n2d-standard-8 8 32
n2d-standard-16 16 64
n2d-standard-32 32 128
n2d-standard-48 48 192
n2d-standard-64 64 256
n2d-standard-80 80 320
n2d-standard-96 96 384
n2d-standard-128 128 512
n2d-standard-224 224 896
n4-highcpu-2 2 4
n4-highcpu-4 4 8
n4-highcpu-8 8 16
n4-highcpu-16 16 32
n4-highcpu-32 32 64
n4-highcpu-48 48 96
n4-highcpu-64 64 128
n4-highcpu-80 80 160
n4-highmem-2 2 16
n4-highmem-4 4 32
n4-highmem-8 8 64
n4-highmem-16 16 128
n4-highmem-32 32 256
n4-highmem-48 48 384
n4-highmem-64 64 512
n4-highmem-80 80 640
n4-standard-2 2 8
n4-standard-4 4 16
n4-standard-8 8 32
n4-standard-16 16 64
n4-standard-32 32 128
n4-standard-48 48 192
n4-standard-64 64 256
n4-standard-80 80 320
n4a-highcpu-1 1 2
n4a-highcpu-2 2 4
n4a-highcpu-4 4 8
n4a-highcpu-8 8 16
n4a-highcpu-16 16 32
n4a-highcpu-32 32 64
n4a-highcpu-48 48 96
n4a-highcpu-64 64 128
n4a-highmem-1 1 8
n4a-highmem-2 2 16
n4a-highmem-4 4 32
n4a-highmem-8 8 64
n4a-highmem-16 16 128
n4a-highmem-32 32 256
n4a-highmem-48 48 384
n4a-highmem-64 64 512
n4a-standard-1 1 4
n4a-standard-2 2 8
n4a-standard-4 4 16
n4a-standard-8 8 32
n4a-standard-16 16 64
n4a-standard-32 32 128
n4a-standard-48 48 192
n4a-standard-64 64 256
n4d-highcpu-2 2 4
n4d-highcpu-4 4 8
n4d-highcpu-8 8 16
n4d-highcpu-16 16 32
n4d-highcpu-32 32 64
n4d-highcpu-48 48 96
n4d-highcpu-64 64 128
n4d-highcpu-80 80 160
n4d-highcpu-96 96 192
n4d-highmem-2 2 16
n4d-highmem-4 4 32
n4d-highmem-8 8 64
n4d-highmem-16 16 128
n4d-highmem-32 32 256
n4d-highmem-48 48 384
n4d-highmem-64 64 512
n4d-highmem-80 80 640
n4d-highmem-96 96 768
n4d-standard-2 2 8
n4d-standard-4 4 16
n4d-standard-8 8 32
n4d-standard-16 16 64
n4d-standard-32 32 128
n4d-standard-48 48 192
n4d-standard-64 64 256
n4d-standard-80 80 320
n4d-standard-96 96 384
t2d-standard-1 1 4
t2d-standard-2 2 8
t2d-standard-4 4 16
t2d-standard-8 8 32
t2d-standard-16 16 64
t2d-standard-32 32 128
t2d-standard-48 48 192
t2d-standard-60 60 240
c2-standard-4 4 16
c2-standard-8 8 32
c2-standard-16 16 64
c2-standard-30 30 120
c2-standard-60 60 240
c2d-highcpu-2 2 4
c2d-highcpu-4 4 8
c2d-highcpu-8 8 16
c2d-highcpu-16 16 32
c2d-highcpu-32 32 64
c2d-highcpu-56 56 112
c2d-highcpu-112 112 224
c2d-highmem-2 2 16
c2d-highmem-4 4 32
c2d-highmem-8 8 64
c2d-highmem-16 16 128
c2d-highmem-32 32 256
c2d-highmem-56 56 448
c2d-highmem-112 112 896
c2d-standard-2 2 8
c2d-standard-4 4 16
c2d-standard-8 8 32
c2d-standard-16 16 64
c2d-standard-32 32 128
c2d-standard-56 56 224
c2d-standard-112 112 448
c3-highcpu-4 4 8
c3-highcpu-8 8 16
c3-highcpu-22 22 44
c3-highcpu-44 44 88
c3-highcpu-88 88 176
c3-highcpu-176 176 352
c3-highmem-4 4 32
c3-highmem-8 8 64
c3-highmem-22 22 176
c3-highmem-44 44 352
c3-highmem-88 88 704
c3-highmem-176 176 1408
c3-standard-4 4 16
c3-standard-8 8 32
c3-standard-22 22 88
c3-standard-44 44 176
c3-standard-88 88 352
c3-standard-176 176 704
c3d-highcpu-4 4 8
c3d-highcpu-8 8 16
c3d-highcpu-16 16 32
c3d-highcpu-30 30 59
c3d-highcpu-60 60 118
c3d-highcpu-90 90 177
c3d-highcpu-180 180 354
c3d-highcpu-360 360 708
c3d-highmem-4 4 32
c3d-highmem-8 8 64
c3d-highmem-16 16 128
c3d-highmem-30 30 240
c3d-highmem-60 60 480
c3d-highmem-90 90 720
c3d-highmem-180 180 1440
c3d-highmem-360 360 2880
c3d-standard-4 4 16
c3d-standard-8 8 32
c3d-standard-16 16 64
c3d-standard-30 30 120
c3d-standard-60 60 240
c3d-standard-90 90 360
c3d-standard-180 180 720
c3d-standard-360 360 1440
c4-highcpu-2 2 4
c4-highcpu-4 4 8
c4-highcpu-8 8 16
c4-highcpu-16 16 32
c4-highcpu-24 24 48
c4-highcpu-32 32 64
c4-highcpu-48 48 96
c4-highcpu-96 96 192
c4-highcpu-144 144 288.0
c4-highcpu-192 192 384
c4-highcpu-288 288 576.0
c4-highmem-2 2 15
c4-highmem-4 4 31
c4-highmem-8 8 62
c4-highmem-16 16 124
c4-highmem-24 24 186
c4-highmem-32 32 248
c4-highmem-48 48 372
c4-highmem-96 96 744
c4-highmem-144 144 1116.0
c4-highmem-192 192 1488
c4-highmem-288 288 2232.0
c4-standard-2 2 7
c4-standard-4 4 15
c4-standard-8 8 30
c4-standard-16 16 60
c4-standard-24 24 90
c4-standard-32 32 120
c4-standard-48 48 180
c4-standard-96 96 360
c4-standard-144 144 540.0
c4-standard-192 192 720
c4-standard-288 288 1080.0
c4a-highcpu-1 1 2
c4a-highcpu-2 2 4
c4a-highcpu-4 4 8
c4a-highcpu-8 8 16
c4a-highcpu-16 16 32
c4a-highcpu-32 32 64
c4a-highcpu-48 48 96
c4a-highcpu-64 64 128
c4a-highcpu-72 72 144
c4a-highmem-1 1 8
c4a-highmem-2 2 16
c4a-highmem-4 4 32
c4a-highmem-8 8 64
c4a-highmem-16 16 128
c4a-highmem-32 32 256
c4a-highmem-48 48 384
c4a-highmem-64 64 512
c4a-highmem-72 72 576
c4a-standard-1 1 4
c4a-standard-2 2 8
c4a-standard-4 4 16
c4a-standard-8 8 32
c4a-standard-16 16 64.0
c4a-standard-32 32 128
c4a-standard-48 48 192
c4a-standard-64 64 256
c4a-standard-72 72 288
c4d-highcpu-2 2 3
c4d-highcpu-4 4 7
c4d-highcpu-8 8 15
c4d-highcpu-16 16 30
c4d-highcpu-32 32 60
c4d-highcpu-48 48 90
c4d-highcpu-64 64 120
c4d-highcpu-96 96 180
c4d-highcpu-192 192 360
c4d-highcpu-384 384 720
c4d-highmem-2 2 15
c4d-highmem-4 4 31
c4d-highmem-8 8 63
c4d-highmem-16 16 126
c4d-highmem-32 32 252
c4d-highmem-48 48 378
c4d-highmem-64 64 504
c4d-highmem-96 96 756
c4d-highmem-192 192 1512
c4d-highmem-384 384 3024
c4d-standard-2 2 7
c4d-standard-4 4 15
c4d-standard-8 8 31
c4d-standard-16 16 62
c4d-standard-32 32 124
c4d-standard-48 48 186
c4d-standard-64 64 248
c4d-standard-96 96 372
c4d-standard-192 192 744
c4d-standard-384 384 1488
`;

/** Family, region, price of a vCPU-hour and of a GiB-hour on demand. Families of one ratio (c2, t2d) are priced by vCPU alone. */
export const MACHINE_PART_PRICES = `
e2 africa-south1 0.02399337 0.00321609
e2 asia-east1 0.02525538 0.00338514
e2 asia-east2 0.03051939 0.00409032
e2 asia-northeast1 0.02802642 0.00373911
e2 asia-northeast2 0.02802642 0.00373911
e2 asia-northeast3 0.02802642 0.00373911
e2 asia-south1 0.0261993 0.00351072
e2 asia-south2 0.0261993 0.00351072
e2 asia-southeast1 0.02690931 0.00360594
e2 asia-southeast2 0.029331147 0.003930474
e2 australia-southeast1 0.03095064 0.00414759
e2 australia-southeast2 0.026308 0.003525
e2 europe-central2 0.0263922 0.00353742
e2 europe-north1 0.02401614 0.00321816
e2 europe-north2 0.02290217 0.003069707
e2 europe-southwest1 0.025738 0.00345
e2 europe-west1 0.02399337 0.00321609
e2 europe-west10 0.02810463 0.00376612
e2 europe-west12 0.02813695 0.003771354
e2 europe-west2 0.0281037 0.00376602
e2 europe-west3 0.0281037 0.00376602
e2 europe-west4 0.02401338 0.00321816
e2 europe-west6 0.02857225 0.00382977
e2 europe-west8 0.025302 0.003391
e2 europe-west9 0.025302 0.003391
e2 me-central1 0.02650108 0.003552089
e2 me-central2 0.03489854 0.004677648
e2 me-west1 0.02399275 0.003215883
e2 northamerica-northeast1 0.02401338 0.00321816
e2 northamerica-northeast2 0.02401338 0.00321816
e2 northamerica-south1 0.02377463 0.003186648
e2 southamerica-east1 0.0346242 0.00464025
e2 southamerica-west1 0.031190573 0.004180647
e2 us-central1 0.02181159 0.00292353
e2 us-east1 0.02181159 0.00292353
e2 us-east4 0.02456745 0.00329199
e2 us-east5 0.02181159 0.00292353
e2 us-south1 0.02573768 0.003449765
e2 us-west1 0.02181159 0.00292353
e2 us-west2 0.0261993 0.00351141
e2 us-west3 0.0261993 0.00351141
e2 us-west4 0.02456745 0.00329199
n1 africa-south1 0.034773 0.004661
n1 asia-east1 0.036602 0.004906
n1 asia-east2 0.044231 0.005928
n1 asia-northeast1 0.040618 0.005419
n1 asia-northeast2 0.040618 0.005419
n1 asia-northeast3 0.040618 0.005419
n1 asia-south1 0.03797 0.005088
n1 asia-south2 0.03797 0.005088
n1 asia-southeast1 0.038999 0.005226
n1 asia-southeast2 0.04250891 0.00569634
n1 australia-southeast1 0.044856 0.006011
n1 australia-southeast2 0.044856 0.006011
n1 europe-central2 0.03825 0.005127
n1 europe-north1 0.034806 0.004664
n1 europe-southwest1 0.03730098 0.00499966
n1 europe-west1 0.034773 0.004661
n1 europe-west10 0.04073134 0.00545815
n1 europe-west12 0.04077819 0.00546573
n1 europe-west2 0.04073 0.005458
n1 europe-west3 0.04073 0.005458
n1 europe-west4 0.034802 0.004664
n1 europe-west6 0.041409 0.00555
n1 europe-west8 0.03666876 0.00491492
n1 europe-west9 0.03666876 0.00491492
n1 me-central1 0.03840737 0.005147955
n1 me-central2 0.0505776 0.0067792
n1 me-west1 0.0347721 0.0046607
n1 northamerica-northeast1 0.034802 0.004664
n1 northamerica-northeast2 0.034802 0.004664
n1 southamerica-east1 0.05018 0.006725
n1 southamerica-west1 0.04520373 0.00605891
n1 us-central1 0.031611 0.004237
n1 us-east1 0.031611 0.004237
n1 us-east4 0.035605 0.004771
n1 us-east5 0.031611 0.004237
n1 us-south1 0.03730098 0.00499966
n1 us-west1 0.031611 0.004237
n1 us-west2 0.03797 0.005089
n1 us-west3 0.03797 0.005089
n1 us-west4 0.035605 0.004771
n2 africa-south1 0.034773 0.004661
n2 asia-east1 0.036602 0.004906
n2 asia-east2 0.044231 0.005928
n2 asia-northeast1 0.040618 0.005419
n2 asia-northeast2 0.040595 0.005441
n2 asia-northeast3 0.040595 0.005441
n2 asia-south1 0.03797 0.005088
n2 asia-south2 0.03797 0.005088
n2 asia-southeast1 0.038999 0.005226
n2 asia-southeast2 0.04250891 0.00569634
n2 australia-southeast1 0.044856 0.006011
n2 australia-southeast2 0.038128 0.005109
n2 europe-central2 0.03825 0.005127
n2 europe-north1 0.034806 0.004664
n2 europe-southwest1 0.03730098 0.00499966
n2 europe-west1 0.034773 0.004661
n2 europe-west10 0.04073134 0.00545815
n2 europe-west12 0.04077819 0.00546573
n2 europe-west2 0.04073 0.005458
n2 europe-west3 0.04073 0.005458
n2 europe-west4 0.034802 0.004664
n2 europe-west6 0.041409 0.005551
n2 europe-west8 0.03666876 0.00491492
n2 europe-west9 0.03666876 0.00491492
n2 me-central1 0.03840737 0.005147955
n2 me-central2 0.0505776 0.0067792
n2 me-west1 0.0347721 0.0046607
n2 northamerica-northeast1 0.034802 0.004664
n2 northamerica-northeast2 0.034802 0.004664
n2 southamerica-east1 0.05018 0.006725
n2 southamerica-west1 0.04520373 0.00605891
n2 us-central1 0.031611 0.004237
n2 us-east1 0.031611 0.004237
n2 us-east4 0.035605 0.004771
n2 us-east5 0.031611 0.004237
n2 us-south1 0.03730098 0.00499966
n2 us-west1 0.031611 0.004237
n2 us-west2 0.03797 0.005089
n2 us-west3 0.03797 0.005089
n2 us-west4 0.035603 0.004771
n2d africa-south1 0.030253 0.004055
n2d asia-east1 0.031844 0.004268
n2d asia-east2 0.038481 0.005157
n2d asia-northeast1 0.035338 0.004715
n2d asia-northeast2 0.035318 0.004734
n2d asia-northeast3 0.035318 0.004734
n2d asia-south1 0.018151 0.002433
n2d asia-south2 0.033034 0.004427
n2d asia-southeast1 0.033929 0.004547
n2d asia-southeast2 0.03698261 0.00495623
n2d australia-southeast1 0.039025 0.00523
n2d australia-southeast2 0.033171 0.004446
n2d europe-central2 0.033277 0.00446
n2d europe-north1 0.030281 0.004058
n2d europe-southwest1 0.03245236 0.00434948
n2d europe-west1 0.030253 0.004055
n2d europe-west10 0.03543682 0.00474777
n2d europe-west12 0.03547758 0.00475494
n2d europe-west2 0.035435 0.004748
n2d europe-west3 0.035435 0.004748
n2d europe-west4 0.030278 0.004058
n2d europe-west6 0.036026 0.004829
n2d europe-west8 0.03190232 0.00427576
n2d europe-west9 0.03190232 0.00427576
n2d me-central1 0.03341493 0.00447849
n2d me-central2 0.0440032 0.0058976
n2d me-west1 0.0302522 0.0040546
n2d northamerica-northeast1 0.030278 0.004058
n2d northamerica-northeast2 0.030278 0.004058
n2d southamerica-east1 0.043657 0.005851
n2d southamerica-west1 0.03932786 0.00527098
n2d us-central1 0.027502 0.003686
n2d us-east1 0.027502 0.003686
n2d us-east4 0.030976 0.004151
n2d us-east5 0.027502 0.003686
n2d us-south1 0.03245236 0.00434948
n2d us-west1 0.027502 0.003686
n2d us-west2 0.033034 0.004427
n2d us-west3 0.033034 0.004427
n2d us-west4 0.030976 0.004151
n4 africa-south1 0.03434331 0.00389789
n4 asia-east1 0.0361149 0.004098966
n4 asia-east2 0.04363169 0.004952106
n4 asia-northeast1 0.0400542 0.004546068
n4 asia-northeast2 0.0400542 0.004546068
n4 asia-northeast3 0.0400542 0.004546068
n4 asia-south1 0.0324376 0.0036816
n4 asia-south2 0.0324376 0.0036816
n4 asia-southeast1 0.0384791 0.004367298
n4 asia-southeast2 0.04194119 0.004760238
n4 asia-southeast3 0.03275 0.003717
n4 australia-southeast1 0.0389875 0.004425
n4 australia-southeast2 0.040547 0.004602
n4 europe-central2 0.0377399 0.0042834
n4 europe-north1 0.03434331 0.003897894
n4 europe-north2 0.0327495 0.003717
n4 europe-southwest1 0.0368042 0.0041772
n4 europe-west1 0.03434331 0.003897894
n4 europe-west2 0.0355566 0.0040356
n4 europe-west3 0.0368042 0.0041772
n4 europe-west4 0.0327495 0.003717
n4 europe-west6 0.0408589 0.0046374
n4 europe-west8 0.0361804 0.0041064
n4 europe-west9 0.0361804 0.0041064
n4 me-central1 0.03789585 0.0043011
n4 me-central2 0.049904 0.005664
n4 me-west1 0.034309 0.003894
n4 northamerica-northeast1 0.03434331 0.003897894
n4 northamerica-northeast2 0.03434331 0.003897894
n4 northamerica-south1 0.0339971 0.0038586
n4 southamerica-east1 0.0495266 0.005621166
n4 southamerica-west1 0.0446017 0.0050622
n4 us-central1 0.03119 0.00354
n4 us-east1 0.03119 0.00354
n4 us-east4 0.03119 0.00354
n4 us-east5 0.03119 0.00354
n4 us-south1 0.0368042 0.0041772
n4 us-west1 0.03119 0.00354
n4 us-west2 0.0374935 0.004255434
n4 us-west3 0.0374935 0.004255434
n4 us-west4 0.0351293 0.003987102
n4a africa-south1 0.02914 0.00331
n4a asia-southeast1 0.03264 0.00371
n4a europe-west1 0.02914 0.00331
n4a europe-west2 0.03016 0.00343
n4a europe-west3 0.03122 0.00355
n4a europe-west4 0.02778 0.00316
n4a us-central1 0.02646 0.00301
n4a us-east1 0.02646 0.00301
n4a us-east4 0.02646 0.00301
n4a us-west1 0.02646 0.00301
n4d africa-south1 0.032053 0.00364
n4d asia-east1 0.033706 0.00383
n4d asia-east2 0.040722 0.00463
n4d asia-northeast1 0.037383 0.00425
n4d asia-northeast2 0.037383 0.00425
n4d asia-northeast3 0.037383 0.00425
n4d asia-south1 0.022124 0.00252
n4d asia-south2 0.030274 0.00344
n4d asia-southeast1 0.035913 0.00408
n4d asia-southeast2 0.036096 0.0041
n4d australia-southeast1 0.036388 0.00414
n4d australia-southeast2 0.035223 0.00401
n4d europe-central2 0.035223 0.00401
n4d europe-north1 0.032053 0.00364
n4d europe-north2 0.030566 0.00348
n4d europe-southwest1 0.032021 0.00364
n4d europe-west1 0.032053 0.00364
n4d europe-west10 0.03435 0.00391
n4d europe-west12 0.037552 0.00427
n4d europe-west2 0.033185 0.00377
n4d europe-west3 0.03435 0.00391
n4d europe-west4 0.030566 0.00348
n4d europe-west6 0.038134 0.00434
n4d europe-west8 0.03377 0.00384
n4d europe-west9 0.03377 0.00384
n4d me-central1 0.035369 0.00402
n4d me-central2 0.046576 0.0053
n4d me-west1 0.032021 0.00364
n4d northamerica-northeast1 0.032053 0.00364
n4d northamerica-northeast2 0.032053 0.00364
n4d northamerica-south1 0.03173 0.00361
n4d southamerica-east1 0.046224 0.00526
n4d southamerica-west1 0.041627 0.00473
n4d us-central1 0.02911 0.00331
n4d us-east1 0.02911 0.00331
n4d us-east4 0.02911 0.00331
n4d us-east5 0.02911 0.00331
n4d us-south1 0.03435 0.00391
n4d us-west1 0.02911 0.00331
n4d us-west2 0.034993 0.00398
n4d us-west3 0.034993 0.00398
n4d us-west4 0.032787 0.00373
t2d africa-south1 0.046473 0
t2d asia-east1 0.048916 0
t2d asia-east2 0.059109 0
t2d asia-northeast1 0.054198 0
t2d asia-northeast2 0.054254 0
t2d asia-northeast3 0.054254 0
t2d asia-south1 0.027883 0
t2d asia-south2 0.050742 0
t2d asia-southeast1 0.052117 0
t2d asia-southeast2 0.05680753 0
t2d australia-southeast1 0.059945 0
t2d australia-southeast2 0.059945 0
t2d europe-central2 0.051117 0
t2d europe-north1 0.046513 0
t2d europe-southwest1 0.04985028 0
t2d europe-west1 0.046473 0
t2d europe-west10 0.0544279 0
t2d europe-west12 0.05449734 0
t2d europe-west2 0.054427 0
t2d europe-west3 0.054427 0
t2d europe-west4 0.04651 0
t2d europe-west6 0.055342 0
t2d europe-west8 0.04900536 0
t2d europe-west9 0.04900536 0
t2d me-central1 0.05132889 0
t2d me-central2 0.0675936 0
t2d me-west1 0.0464706 0
t2d northamerica-northeast1 0.04651 0
t2d northamerica-northeast2 0.04651 0
t2d southamerica-east1 0.067061 0
t2d southamerica-west1 0.06041178 0
t2d us-central1 0.042246 0
t2d us-east1 0.042246 0
t2d us-east4 0.04758 0
t2d us-east5 0.042246 0
t2d us-south1 0.04985028 0
t2d us-west1 0.042246 0
t2d us-west2 0.050742 0
t2d us-west3 0.050742 0
t2d us-west4 0.04758 0
c2 africa-south1 0.057425 0
c2 asia-east1 0.060443 0
c2 asia-east2 0.07304 0
c2 asia-northeast1 0.066964 0
c2 asia-northeast2 0.066964 0
c2 asia-northeast3 0.066964 0
c2 asia-south1 0.062698 0
c2 asia-south2 0.062698 0
c2 asia-southeast1 0.064396 0
c2 asia-southeast2 0.07019164 0
c2 australia-southeast1 0.074068 0
c2 australia-southeast2 0.074068 0
c2 europe-central2 0.063162 0
c2 europe-north1 0.057472 0
c2 europe-north2 0.0548121 0
c2 europe-southwest1 0.06159836 0
c2 europe-west1 0.057425 0
c2 europe-west10 0.06725482 0
c2 europe-west12 0.06734058 0
c2 europe-west2 0.067253 0
c2 europe-west3 0.067253 0
c2 europe-west4 0.057468 0
c2 europe-west6 0.068386 0
c2 europe-west8 0.06055432 0
c2 europe-west9 0.06055432 0
c2 me-central1 0.06342543 0
c2 me-central2 0.0835232 0
c2 me-west1 0.0574222 0
c2 northamerica-northeast1 0.057468 0
c2 northamerica-northeast2 0.057468 0
c2 southamerica-east1 0.08286 0
c2 southamerica-west1 0.07464886 0
c2 us-central1 0.052202 0
c2 us-east1 0.052202 0
c2 us-east4 0.058786 0
c2 us-east5 0.052202 0
c2 us-south1 0.06159836 0
c2 us-west1 0.052202 0
c2 us-west2 0.062702 0
c2 us-west3 0.062702 0
c2 us-west4 0.058786 0
c2d africa-south1 0.032551 0.004359
c2d asia-east1 0.034231 0.004584
c2d asia-east2 0.041355 0.005538
c2d asia-northeast1 0.037964 0.005084
c2d asia-northeast2 0.037964 0.005084
c2d asia-northeast3 0.037964 0.005084
c2d asia-south1 0.019512 0.002613
c2d asia-south2 0.035508 0.004755
c2d asia-southeast1 0.036471 0.004884
c2d asia-southeast2 0.039753 0.005323
c2d australia-southeast1 0.041964 0.005619
c2d australia-southeast2 0.041964 0.005619
c2d europe-central2 0.035772 0.0048
c2d europe-north1 0.032551 0.004359
c2d europe-southwest1 0.03488434 0.00467162
c2d europe-west1 0.032551 0.004359
c2d europe-west10 0.0380879 0.00510002
c2d europe-west12 0.03813627 0.00510711
c2d europe-west2 0.038088 0.0051
c2d europe-west3 0.038088 0.0051
c2d europe-west4 0.032551 0.004359
c2d europe-west6 0.038729 0.005186
c2d europe-west8 0.03429308 0.00459244
c2d europe-west9 0.03429308 0.00459244
c2d me-central1 0.03591905 0.004810185
c2d me-central2 0.0473008 0.0063344
c2d me-west1 0.0325193 0.0043549
c2d northamerica-northeast1 0.032551 0.004359
c2d northamerica-northeast2 0.032551 0.004359
c2d southamerica-east1 0.046942 0.006286
c2d southamerica-west1 0.04227509 0.00566137
c2d us-central1 0.029563 0.003959
c2d us-east1 0.029563 0.003959
c2d us-east4 0.033296 0.004458
c2d us-east5 0.029563 0.003959
c2d us-south1 0.03488434 0.00467162
c2d us-west1 0.029563 0.003959
c2d us-west2 0.035537 0.004759
c2d us-west3 0.035537 0.004759
c2d us-west4 0.033296 0.004458
c3 africa-south1 0.0381531 0.0043361
c3 asia-east1 0.04012123 0.00455981
c3 asia-east2 0.04847188 0.00550887
c3 asia-northeast1 0.04449753 0.00505718
c3 asia-northeast2 0.04449753 0.00505718
c3 asia-northeast3 0.04449753 0.00505718
c3 asia-south1 0.036036 0.00409552
c3 asia-south2 0.03603713 0.00409565
c3 asia-southeast1 0.04274771 0.00485831
c3 asia-southeast2 0.04659386 0.00529543
c3 australia-southeast1 0.0433125 0.0049225
c3 australia-southeast2 0.045045 0.0051194
c3 europe-central2 0.0419243 0.00476473
c3 europe-north1 0.03815312 0.00433613
c3 europe-southwest1 0.040887 0.00464684
c3 europe-west1 0.03815312 0.00433613
c3 europe-west10 0.040885 0.00464664
c3 europe-west12 0.0446985 0.00508002
c3 europe-west2 0.039501 0.00448932
c3 europe-west3 0.040887 0.00464684
c3 europe-west4 0.0363825 0.0041349
c3 europe-west6 0.04539392 0.00515851
c3 europe-west8 0.040194 0.00456808
c3 europe-west9 0.040194 0.00456808
c3 me-central1 0.04209975 0.00478467
c3 me-central2 0.05544 0.0063008
c3 me-west1 0.038115 0.0043318
c3 northamerica-northeast1 0.03815312 0.00433613
c3 northamerica-northeast2 0.03815312 0.00433613
c3 southamerica-east1 0.05502074 0.00625315
c3 southamerica-west1 0.0495495 0.00563134
c3 us-central1 0.03465 0.003938
c3 us-east1 0.03465 0.003938
c3 us-east4 0.03465 0.003938
c3 us-east5 0.03465 0.003938
c3 us-south1 0.040887 0.00464684
c3 us-west1 0.03465 0.003938
c3 us-west2 0.04165277 0.00473387
c3 us-west3 0.04165277 0.00473387
c3 us-west4 0.0390263 0.00443537
c3d africa-south1 0.0325518 0.004359255
c3d asia-east1 0.034231 0.004584126
c3d asia-east2 0.04135568 0.005538245
c3d asia-northeast1 0.0379648 0.005084148
c3d asia-northeast2 0.0379648 0.005084148
c3d asia-northeast3 0.0379648 0.005084148
c3d asia-south1 0.03074552 0.00411736
c3d asia-south2 0.03074648 0.004117489
c3d asia-southeast1 0.03647187 0.004884218
c3d asia-southeast2 0.03975337 0.005323667
c3d australia-southeast1 0.03695375 0.00494875
c3d australia-southeast2 0.0384319 0.0051467
c3d europe-central2 0.03576935 0.004790139
c3d europe-north1 0.03255182 0.004359255
c3d europe-north2 0.03104115 0.00415695
c3d europe-southwest1 0.03488434 0.00467162
c3d europe-west1 0.03255182 0.004359255
c3d europe-west10 0.0348828 0.00467141
c3d europe-west12 0.03813627 0.00510711
c3d europe-west2 0.03370182 0.00451326
c3d europe-west3 0.03488434 0.00467162
c3d europe-west4 0.03104115 0.00415695
c3d europe-west6 0.03872959 0.005186566
c3d europe-west8 0.03429308 0.00459244
c3d europe-west9 0.03429308 0.00459244
c3d me-central1 0.03591905 0.004810185
c3d me-central2 0.0473008 0.0063344
c3d me-west1 0.0325193 0.0043549
c3d northamerica-northeast1 0.03255182 0.004359255
c3d northamerica-northeast2 0.03255182 0.004359255
c3d northamerica-south1 0.03222367 0.00431531
c3d southamerica-east1 0.04694309 0.006286496
c3d southamerica-west1 0.04227509 0.00566137
c3d us-central1 0.029563 0.003959
c3d us-east1 0.029563 0.003959
c3d us-east4 0.029563 0.003959
c3d us-east5 0.03329681 0.004459022
c3d us-south1 0.03488434 0.00467162
c3d us-west1 0.029563 0.003959
c3d us-west2 0.03553768 0.004759114
c3d us-west3 0.03553768 0.004759114
c3d us-west4 0.03329681 0.004459022
c4 africa-south1 0.0381531 0.004336132
c4 asia-east1 0.04012123 0.00455981
c4 asia-east2 0.04847188 0.005508868
c4 asia-northeast1 0.04449753 0.00505718
c4 asia-northeast2 0.04449753 0.00505718
c4 asia-northeast3 0.04449753 0.00505718
c4 asia-south1 0.036036 0.00409552
c4 asia-south2 0.03603713 0.004095648
c4 asia-southeast1 0.04274771 0.004858311
c4 asia-southeast2 0.04659386 0.005295429
c4 asia-southeast3 0.03638 0.004135
c4 australia-southeast1 0.0433125 0.0049225
c4 australia-southeast2 0.045045 0.0051194
c4 europe-central2 0.0419243 0.00476473
c4 europe-north1 0.03815312 0.004336132
c4 europe-north2 0.0363825 0.0041349
c4 europe-southwest1 0.040887 0.00464684
c4 europe-west1 0.03815312 0.004336132
c4 europe-west10 0.040885 0.00464664
c4 europe-west12 0.0446985 0.00508002
c4 europe-west2 0.039501 0.00448932
c4 europe-west3 0.040887 0.00464684
c4 europe-west4 0.0363825 0.0041349
c4 europe-west6 0.04539392 0.005159055
c4 europe-west8 0.040194 0.00456808
c4 europe-west9 0.040194 0.00456808
c4 me-central1 0.04209975 0.00478467
c4 me-central2 0.05544 0.0063008
c4 me-west1 0.038115 0.0043318
c4 northamerica-northeast1 0.03815312 0.004336132
c4 northamerica-northeast2 0.03815312 0.004336132
c4 northamerica-south1 0.0377685 0.00429242
c4 southamerica-east1 0.05502074 0.00625315
c4 southamerica-west1 0.0495495 0.00563134
c4 us-central1 0.03465 0.003938
c4 us-east1 0.03465 0.003938
c4 us-east4 0.03465 0.003938
c4 us-east5 0.03465 0.003938
c4 us-south1 0.040887 0.00464684
c4 us-west1 0.03465 0.003938
c4 us-west2 0.04165277 0.00473387
c4 us-west3 0.04165277 0.00473387
c4 us-west4 0.0390263 0.004435369
c4a asia-east1 0.03573279 0.00406423
c4a asia-northeast1 0.03963041 0.00450754
c4a asia-south1 0.032094 0.00365
c4a asia-southeast1 0.03807198 0.00433029
c4a australia-southeast1 0.03858 0.004388
c4a australia-southeast2 0.04012 0.00456
c4a europe-central2 0.03733863 0.00424733
c4a europe-north1 0.03397995 0.00386486
c4a europe-north2 0.0324 0.003686
c4a europe-southwest1 0.036415 0.004142
c4a europe-west1 0.03397995 0.00386486
c4a europe-west2 0.03518 0.004001
c4a europe-west3 0.036415 0.004142
c4a europe-west4 0.0324 0.003686
c4a me-central2 0.04938 0.00562
c4a northamerica-northeast1 0.03397995 0.00386486
c4a northamerica-northeast2 0.03397995 0.00386486
c4a northamerica-south1 0.033637 0.003826
c4a southamerica-west1 0.04413 0.005019
c4a us-central1 0.03086 0.00351
c4a us-east1 0.03086 0.00351
c4a us-east4 0.03086 0.00351
c4a us-east5 0.03086 0.00351
c4a us-south1 0.036415 0.004142
c4a us-west1 0.03086 0.00351
c4a us-west2 0.03709681 0.00421937
c4a us-west4 0.03475762 0.00395331
c4d asia-east1 0.0378674 0.004346002
c4d asia-northeast1 0.0419978 0.00482005
c4d asia-south1 0.0340116 0.003903482
c4d asia-southeast1 0.0403463 0.004630506
c4d europe-west1 0.0360098 0.004132812
c4d europe-west2 0.037282 0.004278817
c4d europe-west3 0.0385901 0.004428951
c4d europe-west4 0.0343387 0.003941016
c4d europe-west9 0.0379361 0.004353884
c4d us-central1 0.0327035 0.003753348
c4d us-east1 0.0327035 0.003753348
c4d us-east4 0.0327035 0.003753348
c4d us-east5 0.0327035 0.003753348
c4d us-west1 0.0327035 0.003753348
c4d us-west3 0.0393129 0.0045119
c4d us-west4 0.036834 0.004227397
`;

/** Type, region, price of a GiB-month. */
export const DISK_PRICES = `
pd-standard africa-south1 0.05232
pd-standard asia-east1 0.04
pd-standard asia-east2 0.0498
pd-standard asia-northeast1 0.052
pd-standard asia-northeast2 0.052
pd-standard asia-northeast3 0.052
pd-standard asia-south1 0.048
pd-standard asia-south2 0.048
pd-standard asia-southeast1 0.044
pd-standard asia-southeast2 0.052
pd-standard asia-southeast3 0.042
pd-standard australia-southeast1 0.054
pd-standard australia-southeast2 0.054
pd-standard europe-central2 0.048
pd-standard europe-north1 0.044
pd-standard europe-north2 0.04
pd-standard europe-southwest1 0.0472
pd-standard europe-west1 0.04
pd-standard europe-west10 0.0616
pd-standard europe-west12 0.0516
pd-standard europe-west2 0.048
pd-standard europe-west3 0.048
pd-standard europe-west4 0.044
pd-standard europe-west6 0.052
pd-standard europe-west8 0.0464
pd-standard europe-west9 0.0464
pd-standard me-central1 0.0486
pd-standard me-central2 0.064
pd-standard me-west1 0.044
pd-standard northamerica-northeast1 0.044
pd-standard northamerica-northeast2 0.044
pd-standard northamerica-south1 0.0436
pd-standard southamerica-east1 0.06
pd-standard southamerica-west1 0.0572
pd-standard us-central1 0.04
pd-standard us-east1 0.04
pd-standard us-east4 0.044
pd-standard us-east5 0.04
pd-standard us-south1 0.0472
pd-standard us-west1 0.04
pd-standard us-west2 0.048
pd-standard us-west3 0.048
pd-standard us-west4 0.044
pd-balanced africa-south1 0.109788
pd-balanced asia-east1 0.1
pd-balanced asia-east2 0.11
pd-balanced asia-northeast1 0.13
pd-balanced asia-northeast2 0.13
pd-balanced asia-northeast3 0.13
pd-balanced asia-south1 0.12
pd-balanced asia-south2 0.12
pd-balanced asia-southeast1 0.11
pd-balanced asia-southeast2 0.13
pd-balanced asia-southeast3 0.105
pd-balanced australia-southeast1 0.135
pd-balanced australia-southeast2 0.135
pd-balanced europe-central2 0.13
pd-balanced europe-north1 0.11
pd-balanced europe-north2 0.1
pd-balanced europe-southwest1 0.12
pd-balanced europe-west1 0.1
pd-balanced europe-west10 0.154
pd-balanced europe-west12 0.12
pd-balanced europe-west2 0.12
pd-balanced europe-west3 0.12
pd-balanced europe-west4 0.11
pd-balanced europe-west6 0.13
pd-balanced europe-west8 0.116
pd-balanced europe-west9 0.116
pd-balanced me-central1 0.1215
pd-balanced me-central2 0.16
pd-balanced me-west1 0.11
pd-balanced northamerica-northeast1 0.11
pd-balanced northamerica-northeast2 0.11
pd-balanced northamerica-south1 0.109
pd-balanced southamerica-east1 0.15
pd-balanced southamerica-west1 0.143
pd-balanced us-central1 0.1
pd-balanced us-east1 0.1
pd-balanced us-east4 0.11
pd-balanced us-east5 0.1
pd-balanced us-south1 0.12
pd-balanced us-west1 0.1
pd-balanced us-west2 0.12
pd-balanced us-west3 0.12
pd-balanced us-west4 0.11
pd-ssd africa-south1 0.1866395
pd-ssd asia-east1 0.17
pd-ssd asia-east2 0.187
pd-ssd asia-northeast1 0.221
pd-ssd asia-northeast2 0.221
pd-ssd asia-northeast3 0.221
pd-ssd asia-south1 0.204
pd-ssd asia-south2 0.204
pd-ssd asia-southeast1 0.187
pd-ssd asia-southeast2 0.221
pd-ssd asia-southeast3 0.1785
pd-ssd australia-southeast1 0.23
pd-ssd australia-southeast2 0.23
pd-ssd europe-central2 0.204
pd-ssd europe-north1 0.187
pd-ssd europe-north2 0.17
pd-ssd europe-southwest1 0.2006
pd-ssd europe-west1 0.17
pd-ssd europe-west10 0.2618
pd-ssd europe-west12 0.204
pd-ssd europe-west2 0.204
pd-ssd europe-west3 0.204
pd-ssd europe-west4 0.187
pd-ssd europe-west6 0.221
pd-ssd europe-west8 0.1972
pd-ssd europe-west9 0.1972
pd-ssd me-central1 0.20655
pd-ssd me-central2 0.272
pd-ssd me-west1 0.187
pd-ssd northamerica-northeast1 0.187
pd-ssd northamerica-northeast2 0.187
pd-ssd northamerica-south1 0.1853
pd-ssd southamerica-east1 0.255
pd-ssd southamerica-west1 0.2431
pd-ssd us-central1 0.17
pd-ssd us-east1 0.17
pd-ssd us-east4 0.187
pd-ssd us-east5 0.17
pd-ssd us-south1 0.2006
pd-ssd us-west1 0.17
pd-ssd us-west2 0.204
pd-ssd us-west3 0.204
pd-ssd us-west4 0.187
pd-extreme africa-south1 0.1372349
pd-extreme asia-east1 0.125
pd-extreme asia-east2 0.138
pd-extreme asia-northeast1 0.163
pd-extreme asia-northeast2 0.163
pd-extreme asia-northeast3 0.163
pd-extreme asia-south1 0.15
pd-extreme asia-south2 0.15
pd-extreme asia-southeast1 0.138
pd-extreme asia-southeast2 0.163
pd-extreme asia-southeast3 0.13125
pd-extreme australia-southeast1 0.169
pd-extreme australia-southeast2 0.169
pd-extreme europe-central2 0.163
pd-extreme europe-north1 0.138
pd-extreme europe-north2 0.125
pd-extreme europe-southwest1 0.15
pd-extreme europe-west1 0.125
pd-extreme europe-west10 0.1925
pd-extreme europe-west12 0.15
pd-extreme europe-west2 0.15
pd-extreme europe-west3 0.15
pd-extreme europe-west4 0.138
pd-extreme europe-west6 0.163
pd-extreme europe-west8 0.145
pd-extreme europe-west9 0.145
pd-extreme me-central1 0.1537
pd-extreme me-central2 0.2
pd-extreme me-west1 0.138
pd-extreme northamerica-northeast1 0.138
pd-extreme northamerica-northeast2 0.138
pd-extreme northamerica-south1 0.1362
pd-extreme southamerica-east1 0.188
pd-extreme southamerica-west1 0.179
pd-extreme us-central1 0.125
pd-extreme us-east1 0.125
pd-extreme us-east4 0.138
pd-extreme us-east5 0.125
pd-extreme us-south1 0.15
pd-extreme us-west1 0.125
pd-extreme us-west2 0.15
pd-extreme us-west3 0.15
pd-extreme us-west4 0.138
`;

/** Region, or multi-region as snapshots name it, price of a GiB-month of snapshots. */
export const SNAPSHOT_PRICES = `
asia 0.083
eu 0.075
us 0.065
africa-south1 0.054894
asia-east1 0.05
asia-east2 0.07
asia-northeast1 0.064
asia-northeast2 0.064
asia-northeast3 0.064
asia-south1 0.052
asia-south2 0.06
asia-southeast1 0.061
asia-southeast2 0.067
asia-southeast3 0.0525
australia-southeast1 0.062
australia-southeast2 0.065
europe-central2 0.065
europe-north1 0.055
europe-north2 0.05
europe-southwest1 0.059
europe-west1 0.05
europe-west10 0.077
europe-west12 0.0312
europe-west2 0.057
europe-west3 0.059
europe-west4 0.053
europe-west6 0.07
europe-west8 0.058
europe-west9 0.058
me-central1 0.03159
me-central2 0.08
me-west1 0.0286
northamerica-northeast1 0.055
northamerica-northeast2 0.055
northamerica-south1 0.0545
southamerica-east1 0.08
southamerica-west1 0.071
us-central1 0.05
us-east1 0.05
us-east4 0.05
us-east5 0.026
us-south1 0.06
us-west1 0.05
us-west2 0.06
us-west3 0.06
us-west4 0.056
`;

/** Region, price of an hour of a reserved address that nothing uses. */
export const IDLE_ADDRESS_PRICES = `
africa-south1 0.01308
asia-east1 0.01
asia-east2 0.01
asia-northeast1 0.015
asia-northeast2 0.015
asia-northeast3 0.015
asia-south1 0.012
asia-south2 0.012
asia-southeast1 0.011
asia-southeast2 0.011
asia-southeast3 0.0105
australia-southeast1 0.014
australia-southeast2 0.014
europe-central2 0.012
europe-north1 0.011
europe-southwest1 0.012
europe-west1 0.01
europe-west10 0.0154
europe-west12 0.012
europe-west2 0.012
europe-west3 0.012
europe-west4 0.011
europe-west6 0.01
europe-west8 0.0117
europe-west9 0.0117
me-central1 0.0123
me-central2 0.016
me-west1 0.011
northamerica-northeast1 0.011
northamerica-northeast2 0.011
northamerica-south1 0.0109
southamerica-east1 0.015
southamerica-west1 0.015
us-central1 0.01
us-east1 0.01
us-east4 0.011
us-east5 0.01
us-south1 0.0118
us-west1 0.01
us-west2 0.012
us-west3 0.012
us-west4 0.011
`;
